// RedisDriver · driver · sees Contracts, Policies, Ports, Telemetry, Lanes, CRedis
import Lanes
package import Ports
package import Telemetry

/// Coordination between processes, on a Redis they share. One connection carries what everybody asks, back to back; a
/// second one, made at the first wish, hears what is said on channels.
package final class RedisCoordination: Coordination {
    package struct Options: Sendable {
        /// Stands before every key and channel: who shares it shares everything.
        package var namespace: String
        /// What the server's operators see: the service.
        package var name: String
        /// How long an answer may take, and how long a caller waits for a server that is away.
        package var patience: Duration
        package var entropy: any Entropy
        package var log: Log

        package init(
            namespace: String, name: String, entropy: any Entropy, log: Log, patience: Duration = .seconds(5)
        ) {
            self.namespace = namespace
            self.name = name
            self.entropy = entropy
            self.log = log
            self.patience = patience
        }
    }

    private struct Core {
        let asking: RedisSession
        let ear: RedisEar
    }

    let options: Options
    private let lane: Lane
    private let core: OnLane<Core>

    private init(_ options: Options, to address: RedisAddress) {
        self.options = options
        let lane = Lane("redis")
        let asking = RedisSession(to: address, role: "asking", options, on: lane)
        let ear = RedisEar(RedisSession(to: address, role: "listening", options, on: lane))
        self.lane = lane
        core = OnLane(Core(asking: asking, ear: ear))
    }

    /// Connects, or says why not: at once when the server refuses, after the patience when nobody answers. From then on
    /// a lost connection is made again for ever. Whoever opened it closes it.
    package static func open(_ url: String, _ options: Options) async throws(CoordinationFailure) -> RedisCoordination {
        let address = try RedisAddress(url)
        guard (1...64).contains(options.namespace.utf8.count) else {
            throw CoordinationLimits.misuse("open", "a namespace has 1 to 64 bytes")
        }
        let redis = RedisCoordination(options, to: address)
        redis.lane.perform { [core = redis.core] in core.value.asking.start() }
        do {
            _ = try await redis.ask("open", RedisCommand("PING"))
            return redis
        } catch {
            await redis.close()
            throw error
        }
    }

    package func close() async {
        guard !lane.isClosed else { return }
        await withCheckedContinuation { done in
            lane.perform { [core] in
                core.value.asking.close()
                core.value.ear.close()
                done.resume()
            }
        }
        lane.close()
    }
}

// MARK: one journey to the server and back

extension RedisCoordination {
    func ask(_ call: String, _ command: RedisCommand) async throws(CoordinationFailure) -> RedisValue {
        try await ask(.command(command), during: call)
    }

    func run(
        _ script: RedisScript, on key: String, _ arguments: [[UInt8]]
    ) async throws(CoordinationFailure) -> RedisValue {
        try await ask(.script(script, keys: [key], arguments: arguments), during: script.name)
    }

    private func ask(_ words: RedisQuestion.Words, during call: String) async throws(CoordinationFailure) -> RedisValue
    {
        let reply = RedisReply()
        let question = RedisQuestion(words, during: call, reply)
        let answer = try await answer(to: reply, during: call) { $0.asking.ask(question) }
        if case .error(let text) = answer {
            throw CoordinationFailure(RedisSession.code(of: text), during: call, cause: text)
        }
        return answer
    }

    func listen(on channel: String, depth: Int) async throws(CoordinationFailure) -> Listener {
        let listener = Listener(depth: depth) { [lane, core] listener in
            lane.perform { core.value.ear.end(listener, of: channel) }
        }
        let reply = RedisReply()
        do {
            _ = try await answer(to: reply, during: "listen") { $0.ear.listen(to: channel, listener, reply) }
            return listener
        } catch {
            await listener.end()
            throw error
        }
    }

    /// A cancelled caller is answered at once; what he asked may still be done.
    private func answer(
        to reply: RedisReply, during call: String, _ act: @escaping @Sendable (Core) -> Void
    ) async throws(CoordinationFailure) -> RedisValue {
        guard !lane.isClosed else {
            throw CoordinationFailure(.closed, during: call, cause: "the coordination is closed")
        }
        let result = await withTaskCancellationHandler {
            lane.perform { [core] in act(core.value) }
            return await reply.wait()
        } onCancel: {
            reply.answer(
                .failure(CoordinationFailure(.canceled, during: call, cause: "the caller's task was cancelled")))
        }
        return try result.get()
    }

    func odd(_ value: RedisValue, during call: String) -> CoordinationFailure {
        CoordinationFailure(
            .refused, during: call, cause: "Redis gives an answer that is none: \("\(value)".prefix(200))")
    }
}

extension RedisValue {
    /// A yes or a no.
    func bit(_ call: String, _ redis: RedisCoordination) throws(CoordinationFailure) -> Bool {
        switch number {
        case 1: return true
        case 0: return false
        default: throw redis.odd(self, during: call)
        }
    }
}
