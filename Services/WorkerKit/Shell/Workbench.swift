// WorkerKitShell · shell · sees Contracts, Policies, Ports, Telemetry, Wire, WorkerKitCore
package import Contracts
package import Ports
import Synchronization
import Wire

/// Where one attempt works: its inputs, its folder, its progress.
package final class Workbench: Sendable {
    /// The attempt's own folder; WorkerKit deletes it afterwards.
    package let folder: String
    private let order: JobOrder
    private let bench: any Bench
    private let done = Mutex<Double>(0)
    private let journal = JobJournal()

    package init(order: JobOrder, folder: String, bench: any Bench) {
        self.order = order
        self.folder = folder
        self.bench = bench
    }

    /// 0…1, told with the next heartbeat.
    package var progress: Double { done.withLock { $0 } }
    package func note(progress: Double) { done.withLock { $0 = min(1, max(0, progress)) } }

    /// A line for whoever looks at this attempt: the last one is told with the next heartbeat, all of them are kept.
    package func note(_ line: String) { journal.write(line) }
    var lines: JobJournal { journal }

    package func inputs(_ type: ArtifactType) -> [ArtifactMeta] { order.inputs.filter { $0.artifactType == type } }

    /// A local file of an input. Read it, never write it.
    package func file(of meta: ArtifactMeta) async throws(FailureReport) -> String {
        guard let key = meta.key else { throw missing(meta.artifactType, "\"\(meta.uri)\" names no object") }
        do throws(StoreFailure) {
            return try await bench.fetch(key)
        } catch {
            throw missing(meta.artifactType, error.description)
        }
    }

    /// The newest input of a type, as a file.
    package func file(_ type: ArtifactType, unit: String? = nil) async throws(FailureReport) -> String {
        guard let meta = inputs(type).last(where: { unit == nil || $0.unit == unit }) else {
            throw missing(type, "the order has no such input")
        }
        return try await file(of: meta)
    }

    package func read<Value: Decodable>(
        _ type: ArtifactType, unit: String? = nil, as _: Value.Type = Value.self
    ) async throws(FailureReport) -> Value {
        try decode(try await file(type, unit: unit), type)
    }

    package func readAll<Value: Decodable>(
        _ type: ArtifactType, as _: Value.Type = Value.self
    ) async throws(FailureReport) -> [Value] {
        var values: [Value] = []
        for meta in inputs(type) { values.append(try decode(try await file(of: meta), type)) }
        return values
    }

    /// Writes a value as a JSON file of this attempt.
    package func product(_ value: some Encodable, _ type: ArtifactType, unit: String? = nil) throws -> Product {
        let path = "\(folder)/\(type.rawValue)-\(unit ?? "film").json"
        try LocalFile.write(try JSON.encode(value), to: path)
        return Product(file: path, type: type, unit: unit, mimeType: "application/json")
    }

    private func decode<Value: Decodable>(_ path: String, _ type: ArtifactType) throws(FailureReport) -> Value {
        do {
            return try JSON.decode(from: try LocalFile.read(path))
        } catch {
            throw missing(type, "\(error)")
        }
    }

    private func missing(_ type: ArtifactType, _ cause: String) -> FailureReport {
        FailureReport(
            .artifactMissing, "\(order.jobType.rawValue) cannot read its \(type.rawValue): \(cause)",
            owner: order.pool.module, nextStep: "run again; if it stays, the object store has lost a file")
    }
}
