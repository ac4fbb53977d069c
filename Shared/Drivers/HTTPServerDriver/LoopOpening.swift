// HTTPServerDriver · driver · sees Contracts, HTTP, Ports, Telemetry, Lanes, CHTTPServer
import CHTTPServer

/// Hands the options to C and takes a loop from it.
enum LoopOpening {
    static func open(
        _ options: HTTPServerOptions, number: Int, port: UInt16, _ calls: ainer_http_calls
    ) throws(HTTPServerFailure) -> LoopHandle {
        var fault = [CChar](repeating: 0, count: 256)
        var raw = unsafe ainer_http_options()
        unsafe fill(&raw, options, port: port)
        var calls = unsafe calls
        let opened = unsafe options.address.withCString { address in
            unsafe "http-\(number)".withCString { name in
                unsafe (options.tls?.certificate ?? "").withCString { certificate in
                    unsafe (options.tls?.key ?? "").withCString { key in
                        unsafe raw.address = address
                        unsafe raw.name = name
                        unsafe raw.certificate = options.tls == nil ? nil : certificate
                        unsafe raw.key = options.tls == nil ? nil : key
                        return unsafe ainer_http_open(&raw, &calls, &fault, fault.count)
                    }
                }
            }
        }
        guard let opened = unsafe opened else {
            let words = fault.prefix { $0 != 0 }.map { UInt8(bitPattern: $0) }
            throw HTTPServerFailure(.settings, String(decoding: words, as: UTF8.self))
        }
        return unsafe LoopHandle(opened)
    }

    private static func fill(_ raw: inout ainer_http_options, _ options: HTTPServerOptions, port: UInt16) {
        let loops = max(1, options.loops)
        unsafe raw.port = port
        unsafe raw.shares_port = loops > 1 ? 1 : 0
        unsafe raw.backlog = options.backlog
        unsafe raw.connection_limit = Int32(clamping: (options.connectionLimit + loops - 1) / loops)
        unsafe raw.address_limit = Int32(clamping: options.addressLimit)
        unsafe raw.head_patience_ms = options.headPatience.wholeMilliseconds
        unsafe raw.idle_patience_ms = options.idlePatience.wholeMilliseconds
        unsafe raw.stall_patience_ms = options.stallPatience.wholeMilliseconds
        unsafe raw.target_limit = options.targetLimit
        unsafe raw.message_limit = options.messageLimit
    }
}

extension Duration {
    /// At least one: C takes none for "for ever".
    var wholeMilliseconds: UInt64 {
        let (seconds, attoseconds) = components
        return UInt64(
            clamping: max(
                1,
                seconds.multipliedReportingOverflow(by: 1000).overflow
                    ? Int64.max : seconds * 1000 + attoseconds / 1_000_000_000_000_000))
    }
}
