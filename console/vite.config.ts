// SPDX-License-Identifier: Apache-2.0
// Copyright The Torimono Authors
import { defineConfig } from 'vitest/config';

declare const process: { env: Record<string, string | undefined> };

// `npm run dev` shows the pages of these sources on the API of a collector that runs.
const collector = process.env['TORIMONO_COLLECTOR'] ?? 'https://127.0.0.1:7443';
const proxy = { target: collector, secure: false, changeOrigin: true };

export default defineConfig({
  esbuild: { jsx: 'automatic', legalComments: 'none' },
  build: {
    target: 'es2022',
    // Nothing inlined: the content security policy allows no data: but images.
    assetsInlineLimit: 0,
    modulePreload: { polyfill: false },
    reportCompressedSize: false,
    rollupOptions: {
      onwarn: (warning, tell) => {
        // Words of libraries to other build tools.
        if (warning.code !== 'MODULE_LEVEL_DIRECTIVE') tell(warning);
      },
    },
  },
  server: {
    watch: { ignored: ['**/target/**'] },
    proxy: { '/api': proxy, '/secure': proxy, '/openapi.json': proxy },
  },
  test: { include: ['src/test/web/**/*.test.ts'], environment: 'node' },
});
