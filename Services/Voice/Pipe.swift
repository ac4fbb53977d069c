// AinerVoice · bytes · sees Contracts, Wire
import Contracts
import Glibc
import Wire

/// Standard input and output, whole lines and whole answers.
enum Pipe {
    /// The first line of standard input, without its newline.
    static func line(atMost limit: Int) throws(Refusal) -> [UInt8] {
        var line: [UInt8] = []
        var chunk = [UInt8](repeating: 0, count: 16 * 1024)
        while true {
            let count = unsafe chunk.withUnsafeMutableBytes {
                unsafe Glibc.read(STDIN_FILENO, $0.baseAddress, $0.count)
            }
            if count < 0, errno == EINTR { continue }
            guard count >= 0 else { throw Refusal(.badRequest, "standard input cannot be read: errno \(errno)") }
            let fresh = chunk[..<count]
            if let end = fresh.firstIndex(of: UInt8(ascii: "\n")) {
                line += fresh[..<end]
                return line
            }
            line += fresh
            guard line.count <= limit else { throw Refusal(.badRequest, "the request is longer than \(limit) bytes") }
            if count == 0 { return line }
        }
    }

    /// The reply on a line of its own, then the sound. False when nobody reads any more.
    static func answer(_ reply: VoiceReply, samples: [Int16]) -> Bool {
        let head: [UInt8]
        do {
            head = try JSON.encode(reply)
        } catch {
            complain("ainer-voice: the reply cannot be written as JSON: \(error)")
            return false
        }
        var bytes = head + [UInt8(ascii: "\n")]
        bytes.reserveCapacity(bytes.count + samples.count * 2)
        for sample in samples {
            bytes.append(UInt8(truncatingIfNeeded: sample))
            bytes.append(UInt8(truncatingIfNeeded: sample >> 8))
        }
        return write(bytes, to: STDOUT_FILENO)
    }

    static func say(_ text: String) { _ = write(Array((text + "\n").utf8), to: STDOUT_FILENO) }
    static func complain(_ text: String) { _ = write(Array((text + "\n").utf8), to: STDERR_FILENO) }

    private static func write(_ bytes: [UInt8], to descriptor: Int32) -> Bool {
        unsafe bytes.withUnsafeBytes { all in
            var rest = unsafe all[...]
            while unsafe !rest.isEmpty {
                let part = unsafe UnsafeRawBufferPointer(rebasing: rest)
                let count = unsafe Glibc.write(descriptor, part.baseAddress, part.count)
                if count < 0, errno == EINTR { continue }
                guard count > 0 else { return false }
                unsafe rest = rest.dropFirst(count)
            }
            return true
        }
    }
}
