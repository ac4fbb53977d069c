// HTTPClientDriver · driver · sees Contracts, HTTP, Policies, Ports, Telemetry, Lanes, CCurl
import Glibc
import HTTP

/// The body of a request, in the hands of the transfer that sends it.
final class Upload {
    enum Portion {
        case bytes(Int)
        /// There is nothing now.
        case later
        case never
    }

    private enum Source {
        case bytes([UInt8])
        /// Ours: closed with the upload.
        case file(Int32)
        case stream
    }

    private let source: Source
    let length: Int64
    private(set) var sent: Int64 = 0
    /// A piece of a stream that is being sent, and who waits until it is.
    private var piece: ArraySlice<UInt8> = []
    private var onWanted: ((Bool) -> Void)?
    /// Why nothing more can be sent.
    private(set) var fault: String?

    private var isLetGo = false

    var isComplete: Bool { sent == length }
    /// The next piece of the stream has not come yet.
    var isWaitingForUs: Bool {
        if case .stream = source { return piece.isEmpty && !isComplete && fault == nil }
        return false
    }

    init(_ body: HTTPCall.Body, length: Int64) {
        self.length = length
        switch body {
        case .none: source = .bytes([])
        case .bytes(let bytes): source = .bytes(bytes)
        case .stream: source = .stream
        case .file(let path, _):
            let descriptor = unsafe open(path, O_RDONLY | O_CLOEXEC)
            source = .file(descriptor)
            if descriptor < 0 { fault = unsafe "the file: " + String(cString: strerror(errno)) }
        }
    }

    deinit {
        if case .file(let descriptor) = source, descriptor >= 0 { close(descriptor) }
        onWanted?(false)
    }

    func fill(_ room: UnsafeMutableRawBufferPointer) -> Portion {
        guard fault == nil else { return .never }
        let most = Int(min(Int64(room.count), length - sent))
        guard most > 0 else { return .bytes(0) }
        switch source {
        case .bytes(let bytes):
            let start = Int(sent)
            unsafe room.copyBytes(from: bytes[start..<start + most])
            return advance(most)
        case .file(let descriptor): return unsafe read(descriptor, into: room, most)
        case .stream: return unsafe takePiece(into: room, most)
        }
    }

    /// Whether it can be sent again from there.
    func rewind(to offset: Int64) -> Bool {
        if case .stream = source { return offset == sent }
        guard (0...length).contains(offset) else { return false }
        sent = offset
        return true
    }

    // MARK: a stream's pieces

    /// Takes the next piece, and says when it wants another; with `false` that it wants none.
    func offer(_ bytes: [UInt8], _ onWanted: @escaping (Bool) -> Void) {
        guard fault == nil, sent + Int64(bytes.count) <= length else {
            fault = fault ?? "the stream is longer than was said"
            return onWanted(false)
        }
        guard !isLetGo else { return onWanted(false) }
        piece = bytes[...]
        self.onWanted = onWanted
    }

    /// The stream is over, or broken.
    func endStream(_ fault: String?) {
        if let fault { self.fault = fault } else if !isComplete { self.fault = "the stream is shorter than was said" }
    }

    /// Nobody will take what is still to come.
    func letGo() {
        isLetGo = true
        let waiting = onWanted
        onWanted = nil
        waiting?(false)
    }

    private func takePiece(into room: UnsafeMutableRawBufferPointer, _ most: Int) -> Portion {
        guard !piece.isEmpty else { return .later }
        let count = min(most, piece.count)
        unsafe room.copyBytes(from: piece.prefix(count))
        piece = piece.dropFirst(count)
        if piece.isEmpty {
            let waiting = onWanted
            onWanted = nil
            waiting?(true)
        }
        return advance(count)
    }

    private func read(_ descriptor: Int32, into room: UnsafeMutableRawBufferPointer, _ most: Int) -> Portion {
        let count = unsafe pread(descriptor, room.baseAddress, most, Int(sent))
        guard count > 0 else {
            fault =
                unsafe count == 0
                ? "the file is shorter than was said" : "the file: " + String(cString: strerror(errno))
            return .never
        }
        return advance(count)
    }

    private func advance(_ count: Int) -> Portion {
        sent += Int64(count)
        return .bytes(count)
    }
}
