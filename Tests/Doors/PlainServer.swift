// DoorTests · tests · sees HTTP, Kit
import Foundation
import Glibc
import HTTP
import Kit
import Synchronization

/// The plainest server there can be, so that a site is tested by itself: one thread and one request a connection, no
/// limits on patience. What a real server has to withstand is tested with the real one.
final class PlainServer: Sendable {
    let port: Int
    private let listener: Int32
    private let isOpen = Mutex(true)

    init(_ responder: any Responder) throws {
        (listener, port) = try Sockets.listen()
        _ = fcntl(listener, F_SETFL, 0)  // it waits on a thread of its own
        let listener = listener
        Thread.detachNewThread {
            while true {
                let descriptor = Glibc.accept(listener, nil, nil)
                guard descriptor >= 0 else { return }
                Thread.detachNewThread {
                    PlainCall(descriptor: descriptor).serve(responder)
                    Glibc.close(descriptor)
                }
            }
        }
    }

    func close() {
        isOpen.withLock { isOpen in
            if isOpen { Glibc.shutdown(listener, Int32(SHUT_RDWR)) }
            isOpen = false
        }
    }

    deinit {
        close()
        Glibc.close(listener)
    }
}

/// One request and its answer.
private struct PlainCall {
    let descriptor: Int32

    func serve(_ responder: any Responder) {
        var bytes: [UInt8] = []
        let mark: [UInt8] = [0x0D, 0x0A, 0x0D, 0x0A]
        while bytes.firstRange(of: mark) == nil {
            guard let more = receive() else { return }
            bytes += more
        }
        guard let end = bytes.firstRange(of: mark), let head = head(bytes[..<end.lowerBound]) else { return }
        switch responder.admit(head) {
        case .answer(let response): answer(response, to: head)
        case .handle(let handling): handle(handling, head, Array(bytes[end.upperBound...]))
        }
    }

    private func handle(_ handling: Handling, _ head: RequestHead, _ begun: [UInt8]) {
        guard let whole = body(head, begun, atMost: handling.bodyLimit) else {
            return answer(HTTPResponse(413), to: head)
        }
        let once = Mutex<[UInt8]?>(whole.isEmpty ? nil : whole)
        let stream = ByteStream { once.withLock { $0.take() } }
        let done = DispatchSemaphore(value: 0)
        let reply = Mutex<HTTPResponse?>(nil)
        Task {
            let response = await handling.reply(HTTPRequest(head, body: stream))
            reply.withLock { $0 = response }
            done.signal()
        }
        done.wait()
        if let response = reply.withLock({ $0 }) { answer(response, to: head) }
    }

    // MARK: reading

    private func head(_ bytes: ArraySlice<UInt8>) -> RequestHead? {
        let lines = bytes.split(separator: 0x0A).map { line in
            let line = line.last == 0x0D ? line.dropLast() : line
            return String(validating: line, as: UTF8.self)
                ?? String(String.UnicodeScalarView(line.map(Unicode.Scalar.init)))
        }
        guard let words = lines.first?.split(separator: " "), words.count == 3 else { return nil }
        var fields = HTTPFields()
        for line in lines.dropFirst() {
            guard let colon = line.firstIndex(of: ":") else { return nil }
            fields.add(
                String(line[..<colon]),
                line[line.index(after: colon)...].trimmingCharacters(in: CharacterSet(charactersIn: " \t")))
        }
        return RequestHead(HTTPMethod(rawValue: String(words[0])), String(words[1]), fields, peer: "127.0.0.1")
    }

    /// Nil when it is too long.
    private func body(_ head: RequestHead, _ begun: [UInt8], atMost limit: Int) -> [UInt8]? {
        var bytes = begun
        if head.fields["Transfer-Encoding"] != nil {
            let end = Array("0\r\n\r\n".utf8)
            while !bytes.suffix(5).elementsEqual(end), let more = receive() { bytes += more }
            bytes = unchunked(bytes)
        } else {
            let length = Int(head.fields["Content-Length"] ?? "0") ?? 0
            if length > limit { return nil }
            while bytes.count < length, let more = receive() { bytes += more }
        }
        return bytes.count > limit ? nil : bytes
    }

    private func unchunked(_ bytes: [UInt8]) -> [UInt8] {
        var whole: [UInt8] = []
        var rest = bytes[...]
        while let line = rest.firstRange(of: [0x0D, 0x0A]),
            let count = Int(String(decoding: rest[..<line.lowerBound], as: UTF8.self), radix: 16), count > 0
        {
            whole += rest[line.upperBound...].prefix(count)
            rest = rest[line.upperBound...].dropFirst(count + 2)
        }
        return whole
    }

    private func receive() -> [UInt8]? {
        var room = [UInt8](repeating: 0, count: 16_384)
        let count = recv(descriptor, &room, room.count, 0)
        return count > 0 ? Array(room.prefix(count)) : nil
    }

    // MARK: writing

    private func answer(_ response: HTTPResponse, to head: RequestHead) {
        let body = body(of: response)
        var text = "HTTP/1.1 \(response.status.code) \(response.status.reason)\r\nConnection: close\r\n"
        for field in response.fields.all { text += "\(field.name): \(field.value)\r\n" }
        if !response.status.isBodiless { text += "Content-Length: \(body.count)\r\n" }
        let hasBody = head.method != .head && !response.status.isBodiless
        send(Array((text + "\r\n").utf8) + (hasBody ? body : []))
    }

    private func body(of response: HTTPResponse) -> [UInt8] {
        switch response.body {
        case .bytes(let bytes): return bytes
        case .file(let path, let offset, let count):
            let file = FileManager.default.contents(atPath: path) ?? Data()
            return Array(file.dropFirst(Int(offset)).prefix(Int(count)))
        case .stream(_, let write):
            let writer = GatheredBody()
            let done = DispatchSemaphore(value: 0)
            Task {
                try? await write(writer)  // what was written until then is what the client gets
                done.signal()
            }
            done.wait()
            return writer.bytes
        case .socket: return []
        }
    }

    private func send(_ bytes: [UInt8]) {
        var rest = bytes[...]
        while !rest.isEmpty {
            let count = rest.withUnsafeBytes {
                Glibc.send(descriptor, $0.baseAddress, $0.count, Int32(MSG_NOSIGNAL))
            }
            guard count > 0 else { return }
            rest = rest.dropFirst(count)
        }
    }
}

/// A streamed answer, all of it.
final class GatheredBody: BodyWriter {
    private let gathered = Mutex<[UInt8]>([])

    var bytes: [UInt8] { gathered.withLock { $0 } }

    func write(_ bytes: [UInt8]) async throws { gathered.withLock { $0 += bytes } }
}
