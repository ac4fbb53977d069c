// LinkDriver · driver · sees Contracts, FileDriver, HTTP, HTTPClientDriver, Ports, Telemetry
package import Contracts
package import FileDriver
import HTTP
package import HTTPClientDriver
package import Ports
import Synchronization

/// Benches for workers that know no store and have no secret: what they may read and where they may leave things stands in
/// their ticket. What was read once is kept in a store of files, for the next attempt on this host.
package final class LinkHall: BenchHall {
    private let local: FolderStore
    private let client: HTTPClient
    private let lastSpool = Atomic<UInt64>(0)

    package init(local: FolderStore, client: HTTPClient) {
        self.local = local
        self.client = client
    }

    package func bench(with links: TicketLinks?) -> any Bench { LinkBench(links, hall: self) }

    package func bytes(of key: ObjectKey, by link: ObjectLink?) async throws(StoreFailure) -> [UInt8] {
        try await local.read(try await file(of: key, by: link))
    }

    /// The key of a file that is here now.
    func file(of key: ObjectKey, by link: ObjectLink?) async throws(StoreFailure) -> ObjectKey {
        if try await local.contains(key) { return key }
        guard let link else {
            throw StoreFailure(.refused, during: "fetch", cause: "the ticket lends no link to \(key.hex)")
        }
        try await local.keep(try await send(Self.call(link), "fetch").body, as: key)
        return key
    }

    func path(of key: ObjectKey) async throws(StoreFailure) -> String { try await local.fetch(key) }

    func workFolder(for name: String) async throws(StoreFailure) -> String { try await local.workFolder(for: name) }

    /// What is sent is a file of ours until the store has it: a try that failed is repeated.
    func stage(_ file: String, by link: ObjectLink) async throws(StoreFailure) -> StagedFile {
        let spool = spoolName()
        let staged = try await local.stage(file, as: spool)
        do throws(StoreFailure) {
            var call = Self.call(link)
            call.body = .file(path: try local.stagedFile(spool), length: staged.sizeBytes)
            // The same bytes to the same place.
            call.isRepeatable = true
            _ = try await send(call, "stage")
        } catch {
            try await local.discard(prefix: spool)
            throw error
        }
        try await local.discard(prefix: spool)
        return staged
    }

    private static func call(_ link: ObjectLink) -> HTTPCall {
        var call = HTTPCall(link.method == "PUT" ? .put : .get, link.url)
        for (name, value) in link.fields { call.fields[name] = value }
        call.bodyLimit = .max
        return call
    }

    private func send(_ call: HTTPCall, _ during: String) async throws(StoreFailure) -> HTTPAnswer {
        let answer: HTTPAnswer
        do { answer = try await client.send(call) } catch {
            throw StoreFailure(.unreachable, during: during, cause: error.description)
        }
        guard !answer.status.isSuccess else { return answer }
        let code: StoreFailure.Code =
            switch answer.status.code {
            case 404: .missing
            case 401, 403: .refused
            case 507: .full
            default: .unreachable
            }
        // Without the query: it is what makes the link good.
        throw StoreFailure(code, during: during, cause: "\(answer.place) answered \(answer.status.code)")
    }

    private func spoolName() -> String { "spool-\(lastSpool.add(1, ordering: .relaxed).newValue)" }
}

/// What one ticket lends.
private struct LinkBench: Bench {
    private let inputs: [String: ObjectLink]
    private let outputs: [String: ObjectLink]
    private let hall: LinkHall

    init(_ links: TicketLinks?, hall: LinkHall) {
        inputs = Dictionary((links?.inputs ?? []).map { ($0.sha256, $0.link) }, uniquingKeysWith: { first, _ in first })
        outputs = Dictionary((links?.outputs ?? []).map { ($0.name, $0.link) }, uniquingKeysWith: { first, _ in first })
        self.hall = hall
    }

    func fetch(_ key: ObjectKey) async throws(StoreFailure) -> String {
        try await hall.path(of: try await hall.file(of: key, by: inputs[key.hex]))
    }

    func read(_ key: ObjectKey) async throws(StoreFailure) -> [UInt8] {
        try await hall.bytes(of: key, by: inputs[key.hex])
    }

    func stage(_ file: String, as name: String) async throws(StoreFailure) -> StagedFile {
        guard let link = outputs[name] else {
            throw StoreFailure(.refused, during: "stage", cause: "the ticket lends no place for \(name)")
        }
        return try await hall.stage(file, by: link)
    }

    func workFolder(for name: String) async throws(StoreFailure) -> String { try await hall.workFolder(for: name) }
}
