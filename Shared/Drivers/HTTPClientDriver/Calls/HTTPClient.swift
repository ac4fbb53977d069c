// HTTPClientDriver · driver · sees Contracts, HTTP, Policies, Ports, Telemetry, Lanes, CCurl
import HTTP
import Lanes
import Synchronization

/// Calls other servers over HTTP: one thread for all calls, connections that are kept, bodies that are not read faster
/// than somebody takes them. It lives until nobody holds it nor the body of an answer.
package final class HTTPClient: Sendable {
    private let lane: Lane
    /// Sendable because it is only touched on the lane.
    private nonisolated(unsafe) let engine: Engine
    private let options: HTTPClientOptions
    private let lastNumber = Atomic<UInt64>(0)

    package init(_ options: HTTPClientOptions = HTTPClientOptions()) throws(HTTPClientFailure) {
        self.options = options
        lane = Lane(options.name)
        do { unsafe engine = try Engine(lane: lane, options: options) } catch {
            lane.close()
            throw error
        }
    }

    deinit {
        // The engine goes with its last work, on its lane.
        onLane { $0.close() }
        lane.close()
    }

    /// Answers as soon as the head of an answer is there. A call that may be said again is, as its rule says.
    package func send(_ call: HTTPCall) async throws(HTTPClientFailure) -> HTTPAnswer {
        var order = try Order(call)
        var tries = 0
        while true {
            tries += 1
            do throws(HTTPClientFailure) {
                let answer = try await attempt(order)
                if let next = try order.following(answer.status, to: answer.fields["Location"]) {
                    order = next
                    tries = 0
                    continue
                }
                guard let pause = pause(after: tries, order, answer) else { return answer }
                try await wait(pause, order)
            } catch {
                guard error.isTransient, order.isRepeatable, let pause = order.call.retries.pause(after: tries),
                    isWorth(pause, order)
                else { throw error }
                try await wait(pause, order)
            }
        }
    }

    /// The whole answer, for what is small enough to hold.
    package func fetch(_ call: HTTPCall) async throws(HTTPClientFailure) -> (answer: HTTPAnswer, body: [UInt8]) {
        let answer = try await send(call)
        do {
            return (answer, try await answer.body.collect(upTo: Int(clamping: call.bodyLimit)))
        } catch let failure as HTTPClientFailure {
            throw failure
        } catch {
            throw HTTPClientFailure(.tooLarge, at: answer.place, "\(error)")
        }
    }

    private func pause(after tries: Int, _ order: Order, _ answer: HTTPAnswer) -> Duration? {
        let rule = order.call.retries
        guard order.isRepeatable, rule.statuses.contains(answer.status),
            let pause = rule.pause(after: tries, wish: answer.fields.retryAfter), isWorth(pause, order)
        else { return nil }
        return pause
    }

    private func isWorth(_ pause: Duration, _ order: Order) -> Bool {
        order.deadline.map { .now + pause < $0 } ?? true
    }

    private func wait(_ pause: Duration, _ order: Order) async throws(HTTPClientFailure) {
        do { try await Task.sleep(for: pause) } catch { throw Self.canceled(order) }
    }
}

// MARK: one try

extension HTTPClient {
    private func attempt(_ order: Order) async throws(HTTPClientFailure) -> HTTPAnswer {
        let tap = BodyTap(client: self, id: lastNumber.add(1, ordering: .relaxed).newValue)
        let isOff = options.refusesPrivateAddresses
        let result: Result<Transfer.Head, HTTPClientFailure> = await withTaskCancellationHandler {
            await tap.begin(order, refusesPrivateAddresses: isOff)
            if case .stream(_, let stream) = order.call.body { return await exchange(stream, tap) }
            return await tap.head()
        } onCancel: {
            tap.cancel(Self.canceled(order))
        }
        let head = try result.get()
        return HTTPAnswer(
            status: head.status, fields: head.fields, body: ByteStream { try await tap.next() },
            place: order.address.place)
    }

    /// Sends a stream and waits for the head. Leaving it cancels what is still being asked of the stream.
    private func exchange(_ stream: ByteStream, _ tap: BodyTap) async -> Result<Transfer.Head, HTTPClientFailure> {
        async let pumped: Void = Self.pump(stream, to: tap)
        let head = await tap.head()
        // An answer that is no success needs not be told the rest.
        guard case .success(let found) = head, found.status.isSuccess else {
            tap.letGo()
            return head
        }
        await pumped
        return head
    }

    /// Sends the pieces of a stream as the transfer wants them.
    private static func pump(_ stream: ByteStream, to tap: BodyTap) async {
        do {
            for try await piece in stream {
                guard await tap.offer(piece) else { return }
            }
            tap.endStream(nil)
        } catch {
            tap.endStream("the stream that was to be sent broke off")
        }
    }

    private static func canceled(_ order: Order) -> HTTPClientFailure {
        HTTPClientFailure(.canceled, at: order.address.place, "its caller turned away")
    }

    /// Runs something short on the engine's thread.
    func onLane(_ work: @escaping @Sendable (Engine) -> Void) {
        nonisolated(unsafe) let engine = unsafe engine
        lane.perform { unsafe work(engine) }
    }
}
