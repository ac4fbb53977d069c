// ProcessDriver · driver · sees Contracts, Ports, Telemetry, Lanes
import Glibc
import Ports
import Synchronization

/// Set by a cancelled task, read by the threads that work for it.
final class StopFlag: Sendable {
    private let isSet = Atomic<Bool>(false)
    func set() { isSet.store(true, ordering: .releasing) }
    var value: Bool { isSet.load(ordering: .acquiring) }
}

/// Talks with a child until it has ended: writes what it reads, reads what it says, and ends it when its time is up.
/// Blocks its thread.
struct Conversation {
    private static let mostOutput = 64 << 20
    private static let keptComplaint = 4096
    private static let grace: Int64 = 1_000_000

    private let child: Child
    private let deadline: Int64
    private let stop: StopFlag
    /// Raised when whoever feeds the child gave up: what it was told is not the whole.
    private let starved: StopFlag
    private var question: ArraySlice<UInt8>
    private var input: Int32?
    private var output: Int32?
    private var errors: Int32?
    private var said: [UInt8] = []
    private var complaint: [UInt8] = []
    private var askedToEnd: Int64?
    private var end: ProgramFailure.Code?

    /// `question` is written to standard input; `nil` leaves that pipe to somebody else.
    init(
        with child: Child, question: [UInt8]?, deadline: Duration, stop: StopFlag, starved: StopFlag = StopFlag()
    ) {
        self.child = child
        self.stop = stop
        self.starved = starved
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
        }
        return try verdict(on: wait())
    }

    /// One look at the pipes; a twentieth of a second without news is over soon enough to notice a cancelled task.
    private mutating func turn() {
        var looks: [pollfd] = []
        if let input { looks.append(pollfd(fd: input, events: Int16(POLLOUT), revents: 0)) }
        for case let descriptor? in [output, errors] {
            looks.append(pollfd(fd: descriptor, events: Int16(POLLIN), revents: 0))
        }
        guard unsafe poll(&looks, nfds_t(looks.count), 50) > 0 else { return }
        for look in looks where look.revents != 0 {
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
        if isOutput {
            said += buffer[..<count]
            if said.count > Self.mostOutput { finish(.pipe) }
        } else {
            complaint = Array((complaint + buffer[..<count]).suffix(Self.keptComplaint))
        }
    }

    private mutating func watchTheTime() {
        let now = Self.now()
        if let askedToEnd {
            if now - askedToEnd > Self.grace { child.signal(SIGKILL) }
        } else if stop.value {
            finish(.canceled)
        } else if starved.value {
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

    /// Collects the child; one that has closed its pipes and lives on is still under the clock.
    private mutating func wait() -> Int32 {
        var status: Int32 = 0
        var nap: UInt32 = 200
        while unsafe waitpid(child.pid, &status, WNOHANG) == 0 {
            watchTheTime()
            usleep(nap)
            nap = min(20_000, nap * 2)
        }
        return status
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
