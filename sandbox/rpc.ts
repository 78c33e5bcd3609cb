import * as grpc from "@grpc/grpc-js";

/** An error that tells the engine more than its message. */
export class DetailedError extends Error {
  readonly metadata: grpc.Metadata;

  constructor(message: string, metadata: grpc.Metadata) {
    super(message);
    this.metadata = metadata;
  }
}

/**
 * A method of one question and one answer: what it throws goes to the engine as the message of the error. `peer`: who
 * asks; each provider that the engine has of a package asks on a connection of its own.
 */
export function unary<Request, Response>(answer: (request: Request, peer: string) => Response | Promise<Response>) {
  return (call: grpc.ServerUnaryCall<Request, Response>, callback: grpc.sendUnaryData<Response>): void => {
    Promise.resolve(call.request)
      .then((request) => answer(request, call.getPeer()))
      .then(
        (response) => callback(null, response),
        (error: unknown) => {
          const details = error instanceof Error ? error.message : String(error);
          const more = error instanceof DetailedError ? { metadata: error.metadata } : {};
          callback({ code: grpc.status.UNKNOWN, details, ...more });
        },
      );
  };
}
