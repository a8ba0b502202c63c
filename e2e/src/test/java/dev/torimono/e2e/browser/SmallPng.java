// SPDX-License-Identifier: Apache-2.0
// Copyright The Torimono Authors
package dev.torimono.e2e.browser;

import java.awt.image.BufferedImage;
import java.awt.image.IndexColorModel;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import javax.imageio.ImageIO;

/**
 * A picture of a page with 256 colours, a third of its size: pages have few colours, and shades of
 * them where letters end.
 */
public final class SmallPng {
    private static final int COLOURS = 256;

    /** Shades that nobody tells apart count as one. */
    private static final int SHADES = 0xf8f8f8;

    private SmallPng() {}

    /** The same picture, smaller. */
    public static byte[] of(byte[] png) throws IOException {
        BufferedImage image = ImageIO.read(new ByteArrayInputStream(png));
        int[] palette = palette(image);
        BufferedImage small =
                new BufferedImage(
                        image.getWidth(),
                        image.getHeight(),
                        BufferedImage.TYPE_BYTE_INDEXED,
                        new IndexColorModel(
                                8,
                                palette.length,
                                palette,
                                0,
                                false,
                                -1,
                                java.awt.image.DataBuffer.TYPE_BYTE));
        Map<Integer, Integer> nearest = new HashMap<>();
        for (int y = 0; y < image.getHeight(); y++) {
            for (int x = 0; x < image.getWidth(); x++) {
                int colour = image.getRGB(x, y) & 0xffffff;
                int index = nearest.computeIfAbsent(colour, of -> nearest(palette, of));
                small.getRaster().setSample(x, y, 0, index);
            }
        }
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        ImageIO.write(small, "png", out);
        return out.toByteArray();
    }

    /** The most frequent colours, each as it occurs most often among its shades. */
    private static int[] palette(BufferedImage image) {
        Map<Integer, Map<Integer, Integer>> shades = new HashMap<>();
        for (int y = 0; y < image.getHeight(); y++) {
            for (int x = 0; x < image.getWidth(); x++) {
                int colour = image.getRGB(x, y) & 0xffffff;
                shades.computeIfAbsent(colour & SHADES, _ -> new HashMap<>())
                        .merge(colour, 1, Integer::sum);
            }
        }
        List<Map<Integer, Integer>> frequent =
                shades.values().stream()
                        .sorted((a, b) -> Integer.compare(total(b), total(a)))
                        .limit(COLOURS)
                        .toList();
        return frequent.stream().mapToInt(SmallPng::mostFrequent).toArray();
    }

    private static int total(Map<Integer, Integer> counts) {
        return counts.values().stream().mapToInt(Integer::intValue).sum();
    }

    private static int mostFrequent(Map<Integer, Integer> counts) {
        return counts.entrySet().stream().max(Map.Entry.comparingByValue()).orElseThrow().getKey();
    }

    private static int nearest(int[] palette, int colour) {
        int best = 0;
        int least = Integer.MAX_VALUE;
        for (int i = 0; i < palette.length; i++) {
            int away = 0;
            for (int shift = 0; shift <= 16; shift += 8) {
                int apart = ((palette[i] >> shift) & 0xff) - ((colour >> shift) & 0xff);
                away += apart * apart;
            }
            if (away < least) {
                least = away;
                best = i;
            }
        }
        return best;
    }
}
