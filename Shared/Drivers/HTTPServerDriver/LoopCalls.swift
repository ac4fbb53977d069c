// HTTPServerDriver · driver · sees Contracts, HTTP, Ports, Telemetry, Lanes, CHTTPServer
import CHTTPServer
import HTTP

/// The functions that C calls, all on the loop's thread. A C function cannot capture, so it gets back the pointer that
/// we gave it: the loop's, or an exchange's.
enum LoopCalls {
    static func table(_ loop: UnsafeMutableRawPointer) -> ainer_http_calls {
        var calls = unsafe ainer_http_calls()
        unsafe calls.context = loop
        unsafe calls.admit = { loop, id, head, verdict in
            guard let loop = unsafe loop, let head = unsafe head, let verdict = unsafe verdict else { return }
            unsafe LoopCalls.admit(LoopCalls.loop(loop), id, head.pointee, &verdict.pointee)
        }
        unsafe calls.refused = { loop, status, peer in
            guard let loop = unsafe loop, let peer = unsafe peer else { return }
            unsafe LoopCalls.loop(loop).refused(status: Int(status), peer: String(cString: peer))
        }
        unsafe calls.quiet = { loop in
            guard let loop = unsafe loop else { return }
            unsafe LoopCalls.loop(loop).quiet.ring()
        }
        unsafe calls.over = { loop in
            guard let loop = unsafe loop else { return }
            unsafe LoopCalls.loop(loop).ended()
        }
        unsafe aboutExchanges(&calls)
        return unsafe calls
    }

    private static func aboutExchanges(_ calls: inout ainer_http_calls) {
        unsafe calls.body = { exchange, bytes, count, isLast in
            guard let exchange = unsafe exchange else { return }
            unsafe LoopCalls.exchange(exchange).came(
                UnsafeBufferPointer(start: bytes, count: count), isLast: isLast != 0)
        }
        unsafe calls.message = { exchange, isText, bytes, count in
            guard let exchange = unsafe exchange else { return }
            unsafe LoopCalls.exchange(exchange).came(
                UnsafeBufferPointer(start: bytes, count: count), isText: isText != 0)
        }
        unsafe calls.goodbye = { exchange in
            guard let exchange = unsafe exchange else { return }
            unsafe LoopCalls.exchange(exchange).goodbye()
        }
        unsafe calls.room = { exchange, taken in
            guard let exchange = unsafe exchange else { return }
            unsafe LoopCalls.exchange(exchange).room(taken: taken)
        }
        unsafe calls.gone = { exchange, why in
            guard let exchange = unsafe exchange else { return }
            // The pointer that `admit` gave comes back here, once.
            unsafe Unmanaged<Exchange>.fromOpaque(exchange).takeRetainedValue().gone(Exchange.End(why))
        }
    }

    private static func loop(_ pointer: UnsafeMutableRawPointer) -> ServerLoop {
        unsafe Unmanaged<ServerLoop>.fromOpaque(pointer).takeUnretainedValue()
    }

    private static func exchange(_ pointer: UnsafeMutableRawPointer) -> Exchange {
        unsafe Unmanaged<Exchange>.fromOpaque(pointer).takeUnretainedValue()
    }

    private static func admit(
        _ loop: ServerLoop, _ id: UInt64, _ head: ainer_http_head, _ verdict: inout ainer_http_admission
    ) {
        let facts = unsafe Exchange.Facts(
            bodyLength: head.body_length, isOld: head.is_old != 0, wantsSocket: head.wants_socket != 0,
            expectsContinue: head.expects_continue != 0)
        guard let exchange = unsafe loop.admit(id, request(head), facts) else { return }
        unsafe verdict.body_limit = UInt64(clamping: exchange.bodyLimit)
        unsafe verdict.body_patience_ms = exchange.bodyPatience.wholeMilliseconds
        unsafe verdict.discards = exchange.discards ? 1 : 0
        // `gone` takes it back.
        unsafe verdict.exchange = Unmanaged.passRetained(exchange).toOpaque()
    }

    private static func request(_ head: ainer_http_head) -> RequestHead {
        var fields: [HTTPFields.Field] = []
        unsafe fields.reserveCapacity(head.field_count)
        for place in unsafe 0..<head.field_count {
            let field = unsafe head.fields[place]
            unsafe fields.append(HTTPFields.Field(text(field.name), text(field.value)))
        }
        return unsafe RequestHead(
            HTTPMethod(rawValue: text(head.method)), text(head.target), HTTPFields(fields),
            peer: String(cString: head.peer), isSecure: head.is_secure != 0)
    }

    private static func text(_ lent: ainer_http_text) -> String {
        let bytes = unsafe UnsafeRawBufferPointer(start: lent.bytes, count: lent.count)
        return unsafe String(decoding: bytes, as: UTF8.self)
    }
}
