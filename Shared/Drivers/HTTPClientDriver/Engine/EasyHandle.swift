// HTTPClientDriver · driver · sees Contracts, HTTP, Policies, Ports, Telemetry, Lanes, CCurl
import CCurl
import Glibc

/// The library's handle of one transfer, and what it is lent.
@safe
final class EasyHandle {
    let raw: UnsafeMutableRawPointer
    private var lines: UnsafeMutablePointer<curl_slist>?
    /// False when the library did not take what it was told: then nothing may be sent.
    private(set) var isPrepared = true
    /// Where the library writes what went wrong.
    private let complaint = UnsafeMutableBufferPointer<CChar>.allocate(capacity: Int(CURL_ERROR_SIZE))

    init?() {
        unsafe complaint.initialize(repeating: 0)
        guard let made = unsafe curl_easy_init() else {
            unsafe complaint.deallocate()
            return nil
        }
        unsafe raw = made
        unsafe ainer_curl_pointer(raw, CURLOPT_ERRORBUFFER, complaint.baseAddress)
    }

    deinit {
        unsafe curl_easy_cleanup(raw)
        unsafe curl_slist_free_all(lines)
        unsafe complaint.deallocate()
    }

    /// The last words about a failure; empty when the library found none.
    var words: String {
        guard let start = unsafe complaint.baseAddress else { return "" }
        return unsafe String(cString: start)
    }

    func set(_ option: CURLoption, _ number: Int) { unsafe check(ainer_curl_number(raw, option, number)) }
    func set(_ option: CURLoption, _ size: Int64) { unsafe check(ainer_curl_size(raw, option, curl_off_t(size))) }
    func set(_ option: CURLoption, _ text: String) { unsafe check(ainer_curl_text(raw, option, text)) }

    private func check(_ code: CURLcode) { isPrepared = isPrepared && code == CURLE_OK }

    func setFields(_ texts: [String]) {
        for text in texts {
            guard let longer = unsafe curl_slist_append(lines, text) else { return isPrepared = false }
            unsafe lines = longer
        }
        unsafe check(ainer_curl_pointer(raw, CURLOPT_HTTPHEADER, lines))
    }

    /// Who is told what comes and asked for what goes. The transfer outlives its handle's calls: it owns it.
    func call(_ transfer: Transfer) {
        let context = unsafe Unmanaged.passUnretained(transfer).toOpaque()
        for option in [
            CURLOPT_HEADERDATA, CURLOPT_WRITEDATA, CURLOPT_READDATA, CURLOPT_SEEKDATA, CURLOPT_OPENSOCKETDATA,
            CURLOPT_PREREQDATA,
        ] {
            unsafe check(ainer_curl_pointer(raw, option, context))
        }
        unsafe check(ainer_curl_on_bytes(raw, CURLOPT_HEADERFUNCTION, Self.onHeader))
        unsafe check(ainer_curl_on_bytes(raw, CURLOPT_WRITEFUNCTION, Self.onBody))
        unsafe check(ainer_curl_on_bytes(raw, CURLOPT_READFUNCTION, Self.onWish))
        unsafe check(ainer_curl_on_seek(raw, Self.onSeek))
        unsafe check(ainer_curl_on_open(raw, Self.onOpen))
        unsafe check(ainer_curl_on_request(raw, Self.onRequest))
    }

    /// Goes on with both directions. The library may call us before this returns.
    func resume() { unsafe curl_easy_pause(raw, CURLPAUSE_CONT) }
}

// MARK: what the library calls

extension EasyHandle {
    private static func transfer(_ context: UnsafeMutableRawPointer?) -> Transfer? {
        unsafe context.map { unsafe Unmanaged<Transfer>.fromOpaque($0).takeUnretainedValue() }
    }

    private static let onHeader: ainer_curl_bytes = { bytes, size, count, context in
        guard let transfer = unsafe transfer(context) else { return 0 }
        let line = unsafe UnsafeRawBufferPointer(start: bytes, count: size * count)
        return unsafe transfer.hear(String(decoding: line, as: UTF8.self)) ? size * count : 0
    }

    private static let onBody: ainer_curl_bytes = { bytes, size, count, context in
        guard let transfer = unsafe transfer(context) else { return 0 }
        return switch unsafe transfer.receive(UnsafeRawBufferPointer(start: bytes, count: size * count)) {
        case .taken: size * count
        case .later: Int(CURL_WRITEFUNC_PAUSE)
        case .never: Int(CURL_WRITEFUNC_ERROR)
        }
    }

    private static let onWish: ainer_curl_bytes = { room, size, count, context in
        guard let transfer = unsafe transfer(context) else { return Int(CURL_READFUNC_ABORT) }
        return switch unsafe transfer.send(UnsafeMutableRawBufferPointer(start: room, count: size * count)) {
        case .bytes(let count): count
        case .later: Int(CURL_READFUNC_PAUSE)
        case .never: Int(CURL_READFUNC_ABORT)
        }
    }

    private static let onSeek: @convention(c) (UnsafeMutableRawPointer?, curl_off_t, Int32) -> Int32 = {
        context, offset, origin in
        guard let transfer = unsafe transfer(context), origin == SEEK_SET, transfer.rewind(to: Int64(offset)) else {
            return CURL_SEEKFUNC_CANTSEEK
        }
        return CURL_SEEKFUNC_OK
    }

    private static let onRequest: curl_prereq_callback = { context, _, _, _, _ in
        unsafe transfer(context)?.maySpeak() == true ? CURL_PREREQFUNC_OK : CURL_PREREQFUNC_ABORT
    }

    private static let onOpen: curl_opensocket_callback = { context, _, address in
        guard let transfer = unsafe transfer(context), let address = unsafe address,
            unsafe transfer.admits(SeenAddress(address))
        else { return CURL_SOCKET_BAD }
        let kind = unsafe address.pointee.socktype | Int32(SOCK_CLOEXEC.rawValue)
        return unsafe socket(address.pointee.family, kind, address.pointee.protocol)
    }
}

/// The address a connection is about to be made to.
enum SeenAddress {
    case v4(UInt32)
    case v6([UInt8])
    case other

    init(_ address: UnsafeMutablePointer<curl_sockaddr>) {
        let bytes = unsafe UnsafeRawBufferPointer(
            start: ainer_curl_address(address), count: Int(address.pointee.addrlen))
        switch unsafe (address.pointee.family, bytes.count) {
        case (AF_INET, MemoryLayout<sockaddr_in>.size...):
            self = unsafe .v4(UInt32(bigEndian: bytes.loadUnaligned(as: sockaddr_in.self).sin_addr.s_addr))
        case (AF_INET6, MemoryLayout<sockaddr_in6>.size...):
            let start = MemoryLayout<sockaddr_in6>.offset(of: \.sin6_addr) ?? 8
            self = unsafe .v6(Array(bytes[start..<start + 16]))
        default: self = .other
        }
    }

    var isPublic: Bool {
        switch self {
        case .v4(let address): AddressRule.isPublic(v4: address)
        case .v6(let bytes): AddressRule.isPublic(v6: bytes)
        case .other: false
        }
    }
}
