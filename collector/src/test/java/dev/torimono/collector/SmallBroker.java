// SPDX-License-Identifier: Apache-2.0
// Copyright The Torimono Authors
package dev.torimono.collector;

import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import org.apache.kafka.common.Uuid;
import org.apache.kafka.common.message.ApiVersionsResponseData;
import org.apache.kafka.common.message.InitProducerIdResponseData;
import org.apache.kafka.common.message.MetadataResponseData;
import org.apache.kafka.common.message.ProduceRequestData;
import org.apache.kafka.common.message.ProduceResponseData;
import org.apache.kafka.common.protocol.ApiKeys;
import org.apache.kafka.common.protocol.ApiMessage;
import org.apache.kafka.common.protocol.ByteBufferAccessor;
import org.apache.kafka.common.record.internal.MemoryRecords;
import org.apache.kafka.common.record.internal.Record;
import org.apache.kafka.common.requests.AbstractRequest;
import org.apache.kafka.common.requests.ProduceRequest;
import org.apache.kafka.common.requests.RequestHeader;
import org.apache.kafka.common.requests.RequestUtils;
import org.apache.kafka.common.requests.ResponseHeader;

/**
 * As much of a broker's side of Kafka's protocol as a producer sees, in the client library's own
 * words: one topic of one partition, in memory. A real broker is 54 MB; see {@link KafkaTest}.
 */
final class SmallBroker implements AutoCloseable {
    /** What was produced. */
    record Produced(String key, String value, String id) {}

    final BlockingQueue<Produced> produced = new LinkedBlockingQueue<>();

    /** What produce requests are answered with: 0 is good. */
    volatile short error;

    private final ServerSocket server = new ServerSocket(0, 5, InetAddress.getLoopbackAddress());
    private long offset;

    SmallBroker() throws IOException {
        Thread.ofVirtual().start(this::accept);
    }

    int port() {
        return server.getLocalPort();
    }

    private void accept() {
        try {
            while (true) {
                Socket socket = server.accept();
                Thread.ofVirtual().start(() -> serve(socket));
            }
        } catch (IOException e) {
            // Closed.
        }
    }

    private void serve(Socket socket) {
        try (socket;
                DataInputStream in = new DataInputStream(socket.getInputStream());
                DataOutputStream out = new DataOutputStream(socket.getOutputStream())) {
            while (true) {
                ByteBuffer bytes = ByteBuffer.wrap(in.readNBytes(in.readInt()));
                RequestHeader header = RequestHeader.parse(bytes);
                AbstractRequest request =
                        AbstractRequest.parseRequest(
                                        header.apiKey(),
                                        header.apiVersion(),
                                        new ByteBufferAccessor(bytes))
                                .request;
                ResponseHeader head = header.toResponseHeader();
                ByteBuffer answer =
                        RequestUtils.serialize(
                                head.data(),
                                head.headerVersion(),
                                answer(header.apiKey(), request),
                                header.apiVersion());
                byte[] all = new byte[answer.remaining()];
                answer.get(all);
                out.writeInt(all.length);
                out.write(all);
            }
        } catch (IOException e) {
            // The client left.
        }
    }

    private ApiMessage answer(ApiKeys key, AbstractRequest request) throws IOException {
        return switch (key) {
            case API_VERSIONS -> versions();
            case METADATA -> metadata();
            case INIT_PRODUCER_ID ->
                    new InitProducerIdResponseData().setProducerId(1).setProducerEpoch((short) 0);
            case PRODUCE -> produce(((ProduceRequest) request).data());
            default -> throw new IOException(key + ": not of this broker");
        };
    }

    private static ApiMessage versions() {
        ApiVersionsResponseData.ApiVersionCollection keys =
                new ApiVersionsResponseData.ApiVersionCollection();
        keys.add(version(ApiKeys.API_VERSIONS, 0, 3));
        keys.add(version(ApiKeys.METADATA, 9, 12));
        keys.add(version(ApiKeys.INIT_PRODUCER_ID, 2, 4));
        // Later ones name topics by id.
        keys.add(version(ApiKeys.PRODUCE, 3, 9));
        return new ApiVersionsResponseData().setApiKeys(keys);
    }

    private static ApiVersionsResponseData.ApiVersion version(ApiKeys key, int min, int max) {
        return new ApiVersionsResponseData.ApiVersion()
                .setApiKey(key.id)
                .setMinVersion((short) min)
                .setMaxVersion((short) max);
    }

    private ApiMessage metadata() {
        MetadataResponseData.MetadataResponseBrokerCollection brokers =
                new MetadataResponseData.MetadataResponseBrokerCollection();
        brokers.add(
                new MetadataResponseData.MetadataResponseBroker()
                        .setNodeId(0)
                        .setHost("127.0.0.1")
                        .setPort(port()));
        MetadataResponseData.MetadataResponseTopicCollection topics =
                new MetadataResponseData.MetadataResponseTopicCollection();
        topics.add(
                new MetadataResponseData.MetadataResponseTopic()
                        .setName("torimono")
                        .setTopicId(Uuid.ONE_UUID)
                        .setPartitions(
                                List.of(
                                        new MetadataResponseData.MetadataResponsePartition()
                                                .setPartitionIndex(0)
                                                .setLeaderId(0)
                                                .setLeaderEpoch(0)
                                                .setReplicaNodes(List.of(0))
                                                .setIsrNodes(List.of(0)))));
        return new MetadataResponseData()
                .setBrokers(brokers)
                .setControllerId(0)
                .setClusterId("small")
                .setTopics(topics);
    }

    private synchronized ApiMessage produce(ProduceRequestData request) {
        ProduceResponseData.TopicProduceResponseCollection topics =
                new ProduceResponseData.TopicProduceResponseCollection();
        for (ProduceRequestData.TopicProduceData topic : request.topicData()) {
            long base = offset;
            short outcome = error;
            if (outcome == 0) {
                topic.partitionData()
                        .forEach(partition -> keep((MemoryRecords) partition.records()));
            }
            topics.add(
                    new ProduceResponseData.TopicProduceResponse()
                            .setName(topic.name())
                            .setPartitionResponses(
                                    List.of(
                                            new ProduceResponseData.PartitionProduceResponse()
                                                    .setIndex(0)
                                                    .setErrorCode(outcome)
                                                    .setBaseOffset(base))));
        }
        return new ProduceResponseData().setResponses(topics);
    }

    private void keep(MemoryRecords records) {
        for (Record each : records.records()) {
            offset++;
            produced.add(
                    new Produced(
                            text(each.key()),
                            text(each.value()),
                            new String(each.headers()[0].value(), StandardCharsets.UTF_8)));
        }
    }

    private static String text(ByteBuffer buffer) {
        return StandardCharsets.UTF_8.decode(buffer.duplicate()).toString();
    }

    @Override
    public void close() throws IOException {
        server.close();
    }
}
