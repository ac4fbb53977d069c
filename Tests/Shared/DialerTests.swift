// SharedTests · tests · sees Lanes, Kit
import Glibc
import Kit
import Lanes
import Testing

@Suite("Whoever dials a broker")
struct DialerTests {
    @Test("waits for no name that somebody else looks up in vain")
    func names() async throws {
        let lane = Lane("dialer-test")
        let gate = ThreadGate()
        await withCheckedContinuation { (reply: CheckedContinuation<Void, Never>) in
            lane.perform {
                let hung = Dialer(host: "nobody.invalid", port: 1, on: lane) { (_, _, flags) throws(DialFailure) in
                    if flags == 0 { gate.wait() }
                    throw DialFailure(description: "no address")
                }
                hung.dial { _ in }
                let other = Dialer(host: "localhost", port: 1, on: lane)
                other.dial { result in
                    hung.hangUp()
                    if case .success(let descriptor) = result { close(descriptor) }
                    reply.resume()
                }
            }
        }
        gate.open()
        lane.close()
    }
}

/// Holds a thread until it is opened.
private final class ThreadGate: Sendable {
    private let pipes: (Int32, Int32)

    init() {
        var ends: [Int32] = [-1, -1]
        pipe(&ends)
        pipes = (ends[0], ends[1])
    }

    func wait() {
        var byte: UInt8 = 0
        read(pipes.0, &byte, 1)
        close(pipes.0)
    }

    func open() { close(pipes.1) }
}
