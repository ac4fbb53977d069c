// HTTPClientDriver · driver · sees Contracts, HTTP, Policies, Ports, Telemetry, Lanes, CCurl
import CCurl
import Glibc
import Lanes

/// The library's multi handle on its lane: it tells the library what is ready, and is told what to look at.
///
/// Not Sendable: it lives on its lane.
@safe
final class Engine {
    private let lane: Lane
    private let options: HTTPClientOptions
    /// Gone after the close.
    private var multi: UnsafeMutableRawPointer?
    private var watched: Set<Int32> = []
    private var timer: UInt64?
    private var transfers: [UInt64: Transfer] = [:]
    private var alarms: [UInt64: Alarms] = [:]
    private var running = unsafe [UnsafeMutableRawPointer: Transfer]()
    private var waiting: [UInt64] = []

    init(lane: Lane, options: HTTPClientOptions) throws(HTTPClientFailure) {
        guard Self.isReady, let made = unsafe curl_multi_init() else {
            throw HTTPClientFailure(.misuse, at: "this client", "the library could not be set up")
        }
        self.lane = lane
        self.options = options
        unsafe multi = made
        let context = unsafe Unmanaged.passUnretained(self).toOpaque()
        unsafe ainer_curl_multi_calls(multi, Self.onSocket, Self.onTimer, context)
        unsafe ainer_curl_multi_number(multi, CURLMOPT_MAXCONNECTS, options.mostAtOnce)
    }

    /// Once in the life of the process. A TLS connection that breaks must not end the process.
    private static let isReady: Bool = {
        signal(SIGPIPE, SIG_IGN)
        return curl_global_init(Int(CURL_GLOBAL_ALL)) == CURLE_OK
    }()

    // MARK: transfers

    func begin(_ transfer: Transfer) {
        transfers[transfer.id] = transfer
        alarms[transfer.id] = Alarms(of: transfer, on: lane) { [weak self] in self?.end(transfer.id, $0) }
        waiting.append(transfer.id)
        startWaiting()
    }

    func transfer(_ id: UInt64) -> Transfer? { transfers[id] }

    /// Ends it at once, whatever it is doing.
    func end(_ id: UInt64, _ failure: HTTPClientFailure) {
        guard let transfer = transfers[id], !transfer.isOver else { return }
        release(transfer)
        transfer.end(failure)
        startWaiting()
    }

    /// Nobody will ask for it again.
    func forget(_ id: UInt64) {
        guard let transfer = transfers.removeValue(forKey: id) else { return }
        end(of: transfer)
    }

    func close() {
        for id in Array(transfers.keys) { forget(id) }
        // It calls us once more for every connection it closes.
        unsafe curl_multi_cleanup(multi)
        unsafe multi = nil
        if let timer { lane.callOff(timer) }
        for descriptor in watched { lane.unwatch(descriptor) }
        watched = []
    }

    private func end(of transfer: Transfer) {
        release(transfer)
        transfer.end(HTTPClientFailure(.canceled, at: transfer.place, "nobody waits for it any more"))
        startWaiting()
    }

    private func release(_ transfer: Transfer) {
        alarms.removeValue(forKey: transfer.id)?.callOff()
        guard let raw = unsafe transfer.handle?.raw else { return waiting.removeAll { $0 == transfer.id } }
        unsafe curl_multi_remove_handle(multi, raw)
        unsafe running[raw] = nil
    }

    private func startWaiting() {
        while unsafe running.count < options.mostAtOnce, !waiting.isEmpty {
            guard let transfer = transfers[waiting.removeFirst()] else { continue }
            let handle = EasyHandle()
            handle?.prepare(transfer, options)
            guard let handle, handle.isPrepared else {
                release(transfer)
                transfer.end(HTTPClientFailure(.misuse, at: transfer.place, "the library does not take this call"))
                continue
            }
            transfer.begin(with: handle)
            alarms[transfer.id]?.begin()
            unsafe running[handle.raw] = transfer
            unsafe curl_multi_add_handle(multi, handle.raw)
        }
    }

    // MARK: the library's turn

    private func act(_ descriptor: Int32, _ readiness: Int32) {
        var running: Int32 = 0
        unsafe curl_multi_socket_action(multi, descriptor, readiness, &running)
        gather()
    }

    /// Takes what is done out of the library's hands.
    private func gather() {
        var left: Int32 = 0
        while let message = unsafe curl_multi_info_read(multi, &left) {
            guard unsafe message.pointee.msg == CURLMSG_DONE, let raw = unsafe message.pointee.easy_handle,
                let transfer = unsafe running[raw]
            else { continue }
            // The message is gone with the handle.
            let result = unsafe message.pointee.data.result
            let failure = result == CURLE_OK ? nil : transfer.failure(result)
            release(transfer)
            transfer.end(failure)
        }
        startWaiting()
    }

    private func look(_ descriptor: Int32, _ what: Int32) {
        guard what != CURL_POLL_REMOVE else {
            watched.remove(descriptor)
            return lane.unwatch(descriptor)
        }
        var interest: Readiness = []
        if what & CURL_POLL_IN != 0 { interest.insert(.readable) }
        if what & CURL_POLL_OUT != 0 { interest.insert(.writable) }
        guard watched.insert(descriptor).inserted else { return lane.change(descriptor, to: interest) }
        lane.watch(descriptor, for: interest) { [weak self] readiness in
            var ready: Int32 = 0
            if readiness.contains(.readable) { ready |= CURL_CSELECT_IN }
            if readiness.contains(.writable) { ready |= CURL_CSELECT_OUT }
            self?.act(descriptor, ready)
        }
    }

    private func ring(after milliseconds: Int) {
        if let timer { lane.callOff(timer) }
        timer = nil
        guard milliseconds >= 0 else { return }
        timer = lane.ring(after: .milliseconds(milliseconds)) { [weak self] in
            self?.timer = nil
            self?.act(CURL_SOCKET_TIMEOUT, 0)
        }
    }

    private static let onSocket: curl_socket_callback = { _, descriptor, what, context, _ in
        guard let context = unsafe context else { return -1 }
        unsafe Unmanaged<Engine>.fromOpaque(context).takeUnretainedValue().look(descriptor, what)
        return 0
    }

    private static let onTimer: curl_multi_timer_callback = { _, milliseconds, context in
        guard let context = unsafe context else { return -1 }
        unsafe Unmanaged<Engine>.fromOpaque(context).takeUnretainedValue().ring(after: milliseconds)
        return 0
    }
}
