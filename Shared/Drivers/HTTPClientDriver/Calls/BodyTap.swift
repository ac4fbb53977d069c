// HTTPClientDriver · driver · sees Contracts, HTTP, Policies, Ports, Telemetry, Lanes, CCurl
import Synchronization

/// What a caller holds of a transfer: the tap of its body, and the funnel of the body he sends. Without anybody who holds
/// it the transfer ends.
final class BodyTap: Sendable {
    private let client: HTTPClient
    let id: UInt64
    private let isOff = Atomic<Bool>(false)

    init(client: HTTPClient, id: UInt64) {
        self.client = client
        self.id = id
    }

    deinit {
        let id = id
        client.onLane { $0.forget(id) }
    }

    /// Answers when the engine knows it.
    func begin(_ order: Order, refusesPrivateAddresses: Bool) async {
        let id = id
        await withCheckedContinuation { reply in
            client.onLane { engine in
                let transfer = Transfer(id, order, refusesPrivateAddresses: refusesPrivateAddresses)
                engine.begin(transfer)
                // Whoever turned away before found nothing to end.
                if self.isOff.load(ordering: .acquiring) {
                    engine.end(id, HTTPClientFailure(.canceled, at: transfer.place, "its caller turned away"))
                }
                reply.resume()
            }
        }
    }

    func head() async -> Result<Transfer.Head, HTTPClientFailure> {
        let id = id
        return await withCheckedContinuation { reply in
            client.onLane { engine in
                guard let transfer = engine.transfer(id) else {
                    let failure = HTTPClientFailure(.canceled, at: "this call", "nobody waits for it any more")
                    return reply.resume(returning: .failure(failure))
                }
                transfer.awaitHead { reply.resume(returning: $0) }
            }
        }
    }

    func cancel(_ failure: HTTPClientFailure) {
        isOff.store(true, ordering: .releasing)
        end(failure)
    }

    func end(_ failure: HTTPClientFailure) {
        let id = id
        client.onLane { $0.end(id, failure) }
    }

    /// The next bytes; `nil` at the end.
    func next() async throws -> [UInt8]? {
        let id = id
        let result: Result<[UInt8]?, HTTPClientFailure> = await withTaskCancellationHandler {
            await withCheckedContinuation { reply in
                client.onLane { engine in
                    guard let transfer = engine.transfer(id) else { return reply.resume(returning: .success(nil)) }
                    transfer.read { reply.resume(returning: $0) }
                }
            }
        } onCancel: {
            cancel(HTTPClientFailure(.canceled, at: "an answer's body", "its reader turned away"))
        }
        return try result.get()
    }

    // MARK: the body that is sent

    /// Answers when the transfer wants another piece; false when it wants none.
    func offer(_ piece: [UInt8]) async -> Bool {
        let id = id
        return await withCheckedContinuation { reply in
            client.onLane { engine in
                guard let upload = engine.transfer(id)?.upload, engine.transfer(id)?.isOver == false else {
                    return reply.resume(returning: false)
                }
                upload.offer(piece) { reply.resume(returning: $0) }
                engine.transfer(id)?.handle?.resume()
            }
        }
    }

    func endStream(_ fault: String?) {
        let id = id
        client.onLane { engine in
            engine.transfer(id)?.upload?.endStream(fault)
            engine.transfer(id)?.handle?.resume()
        }
    }

    func letGo() {
        let id = id
        client.onLane { $0.transfer(id)?.upload?.letGo() }
    }
}
