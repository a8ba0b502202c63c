/**
 * As much of gRPC as asking a container runtime needs: one call at a time on a unix socket,
 * protobuf by field numbers. Everything that comes is bounded; nothing here knows what is asked
 * for.
 */
package dev.torimono.host.grpc;
