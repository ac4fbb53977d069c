// ProcessDriver · driver · sees Contracts, Ports, Telemetry, Lanes
import Glibc
import Ports

/// Talks with a child until it has ended: writes what it reads, reads what it says, and ends it when its time is up.
/// Blocks its thread.
struct Conversation {
    private static let mostOutput = 64 << 20
    private static let keptComplaint = 4096
    private static let grace: Int64 = 1_000_000
    /// So long nothing may come from a child that has ended before nobody listens any more.
    private static let echo: Int64 = 200_000

    private let child: Child
    private let deadline: Int64
    private let reins: Reins
    private let hearsay: Hearsay?
    private var question: ArraySlice<UInt8>
    private var input: Int32?
    private var output: Int32?
    private var errors: Int32?
    private var said: [UInt8] = []
    private var complaint: [UInt8] = []
    private var lines = LineCutter()
    private var askedToEnd: Int64?
    private var end: ProgramFailure.Code?
    /// When the child had ended and its pipes were quiet: who holds them then is not it.
    private var quietSince: Int64?
    private var hasSwept = false

    /// `question` is written to standard input; `nil` leaves that pipe to somebody else.
    init(with child: Child, question: [UInt8]?, deadline: Duration, reins: Reins, hearsay: Hearsay? = nil) {
        self.child = child
        self.reins = reins
        self.hearsay = hearsay
        self.deadline =
            Self.now() + deadline.components.seconds * 1_000_000
            + deadline.components.attoseconds / 1_000_000_000_000
        self.question = (question ?? [])[...]
        input = question == nil ? nil : child.input
        output = child.output
        errors = child.errors
    }

    mutating func run() throws(ProgramFailure) -> ProgramOutput {
        for case let descriptor? in [input, output, errors] { _ = fcntl(descriptor, F_SETFL, O_NONBLOCK) }
        while input != nil || output != nil || errors != nil {
            watchTheTime()
            turn()
            watchTheHeirs()
        }
        if let last = lines.last() { hearsay?.put(.line(last)) }
        let status = wait()
        reins.over.set()
        return try verdict(on: status)
    }

    /// One look at the pipes, and at the clock every twentieth of a second. Whoever cannot hear more is not told more.
    private mutating func turn() {
        var looks = [pollfd(fd: reins.bell.ear, events: Int16(POLLIN), revents: 0)]
        if let input { looks.append(pollfd(fd: input, events: Int16(POLLOUT), revents: 0)) }
        if hearsay?.isFull == true {
            quietSince = nil
        } else {
            for case let descriptor? in [output, errors] {
                looks.append(pollfd(fd: descriptor, events: Int16(POLLIN), revents: 0))
            }
        }
        guard unsafe poll(&looks, nfds_t(looks.count), 50) > 0 else { return }
        for look in looks where look.revents != 0 {
            if look.fd == reins.bell.ear { reins.bell.hush() }
            if look.fd == input { tell() }
            if look.fd == output { listen(look.fd, isOutput: true) }
            if look.fd == errors { listen(look.fd, isOutput: false) }
        }
    }

    private mutating func tell() {
        guard let descriptor = input else { return }
        let written = unsafe question.withUnsafeBytes { unsafe write(descriptor, $0.baseAddress, $0.count) }
        if written > 0 { question = question.dropFirst(written) }
        // A child that does not read to the end has its reasons: its exit status tells.
        if question.isEmpty || (written < 0 && errno != EAGAIN && errno != EINTR) {
            close(descriptor)
            input = nil
        }
    }

    private mutating func listen(_ descriptor: Int32, isOutput: Bool) {
        var buffer = [UInt8](repeating: 0, count: 1 << 16)
        let count = unsafe buffer.withUnsafeMutableBytes { unsafe read(descriptor, $0.baseAddress, $0.count) }
        if count < 0, errno == EAGAIN || errno == EINTR { return }
        guard count > 0 else {
            close(descriptor)
            if isOutput { output = nil } else { errors = nil }
            return
        }
        quietSince = nil
        if isOutput {
            hear(buffer[..<count])
        } else {
            complaint = Array((complaint + buffer[..<count]).suffix(Self.keptComplaint))
            if let hearsay { for line in lines.cut(buffer[..<count]) { hearsay.put(.line(line)) } }
        }
    }

    private mutating func hear(_ bytes: ArraySlice<UInt8>) {
        if let hearsay { return hearsay.put(.output(Array(bytes))) }
        said += bytes
        if said.count > Self.mostOutput { finish(.pipe) }
    }

    /// A child that has ended may have left its pipes to one it had started. That one is killed; when the pipes still
    /// do not close, somebody outside of the group holds them, and nobody listens to him.
    private mutating func watchTheHeirs() {
        guard input != nil || output != nil || errors != nil, hearsay?.isFull != true, child.hasEnded else { return }
        let now = Self.now()
        guard let since = quietSince else {
            quietSince = now
            return
        }
        guard now - since > Self.echo else { return }
        child.signal(SIGKILL)
        if hasSwept {
            for case let descriptor? in [input, output, errors] { close(descriptor) }
            (input, output, errors) = (nil, nil, nil)
        }
        hasSwept = true
        quietSince = now
    }

    private mutating func watchTheTime() {
        let now = Self.now()
        if let askedToEnd {
            if now - askedToEnd > Self.grace { child.signal(SIGKILL) }
        } else if reins.stop.value {
            finish(.canceled)
        } else if reins.starved.value || reins.deaf.value {
            finish(.pipe)
        } else if now > deadline {
            finish(.deadline)
        }
    }

    private mutating func finish(_ reason: ProgramFailure.Code) {
        guard askedToEnd == nil else { return }
        end = reason
        askedToEnd = Self.now()
        child.signal(SIGTERM)
    }

    /// Collects the child; one that has closed its pipes and lives on is still under the clock. While it is not
    /// collected its number is nobody else's, so what it leaves behind in its group can be killed before.
    private mutating func wait() -> Int32 {
        var nap: UInt32 = 200
        while !child.hasEnded {
            watchTheTime()
            usleep(nap)
            nap = min(20_000, nap * 2)
        }
        child.signal(SIGKILL)
        return child.collect()
    }

    private func verdict(on status: Int32) throws(ProgramFailure) -> ProgramOutput {
        let text = Self.lastLines(of: complaint)
        if let end { throw ProgramFailure(end, program: child.name, complaint: text) }
        let signal = status & 0x7f
        guard signal == 0 else {
            throw ProgramFailure(.killed, program: child.name, complaint: "signal \(signal). \(text)")
        }
        let exit = (status >> 8) & 0xff
        guard exit == 0 else { throw ProgramFailure(.exit, program: child.name, complaint: "status \(exit). \(text)") }
        return ProgramOutput(status: exit, output: said, complaint: text)
    }

    private static func lastLines(of bytes: [UInt8]) -> String {
        String(decoding: bytes, as: UTF8.self).split(whereSeparator: \.isNewline).suffix(20).joined(separator: "\n")
    }

    private static func now() -> Int64 {
        var time = timespec()
        unsafe clock_gettime(CLOCK_MONOTONIC, &time)
        return Int64(time.tv_sec) * 1_000_000 + Int64(time.tv_nsec) / 1000
    }
}
