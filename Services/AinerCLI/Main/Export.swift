// AinerCLI · wiring · sees everything a laptop needs
import AinerCLICore
import Contracts
import FileDriver
import Foundation
import OrchestratorCore
import Ports
import Wire

/// Lays what a finished run published into a folder of the user's.
struct Export {
    struct File {
        let role: String
        let path: String
        let remark: String
    }

    let manifest: Manifest
    let objects: any Bench
    let folder: String
    let name: String

    init(_ manifest: Manifest, objects: any Bench, folder: String, name: String) {
        self.manifest = manifest
        self.objects = objects
        self.folder = folder
        self.name = name
    }

    func write() async throws -> [File] {
        do {
            try FileManager.default.createDirectory(atPath: folder, withIntermediateDirectories: true)
            var files: [File] = []
            for (type, role, ending) in Self.published {
                guard let meta = published.first(where: { $0.artifactType == type }) else { continue }
                let path = "\(folder)/\(name).\(ending)"
                try await lay(meta, at: path)
                files.append(File(role: role, path: path, remark: remark(on: meta)))
            }
            let account = "\(folder)/\(name).json"
            try replace(account, with: try JSON.encodePretty(manifest))
            return files + [File(role: "manifest", path: account, remark: "what made it, and from what")]
        } catch let failure as StoreFailure {
            throw Stop(.artifactMissing, status: ExitCode.failed, "an output is gone from the store: \(failure)")
        } catch let error as CocoaError {
            throw Stop(
                .outputUnwritable, status: ExitCode.unwritable,
                "cannot write to \(folder): \(error.localizedDescription)\ngive another folder: -o FOLDER")
        }
    }

    private static let published: [(ArtifactType, String, String)] = [
        (.finalVideo, "film", "mp4"), (.subtitles, "subtitles", "srt"), (.contactSheet, "pictures", "png"),
    ]

    /// A run that was taken up again has made some of them twice: the newest counts.
    private var published: [ArtifactMeta] { manifest.artifacts.sorted { $0.createdAt > $1.createdAt } }

    private func remark(on meta: ArtifactMeta) -> String {
        var parts: [String] = []
        if let duration = meta.durationMS { parts.append(String(format: "%.1f s", Double(duration) / 1000)) }
        if let width = meta.width, let height = meta.height { parts.append("\(width)×\(height)") }
        parts.append(
            meta.sizeBytes >= 1_000_000
                ? String(format: "%.1f MB", Double(meta.sizeBytes) / 1_000_000) : "\((meta.sizeBytes + 999) / 1000) kB")
        return parts.joined(separator: "  ")
    }

    private func lay(_ meta: ArtifactMeta, at path: String) async throws {
        guard let key = meta.key else { throw StoreFailure(.missing, during: "export", cause: meta.uri) }
        let source = try await objects.fetch(key)
        try replace(path, with: Array(try Data(contentsOf: URL(fileURLWithPath: source))))
    }

    /// Beside first, then over: a reader never meets half a file.
    private func replace(_ path: String, with bytes: [UInt8]) throws {
        try Data(bytes).write(to: URL(fileURLWithPath: path), options: .atomic)
    }
}

/// What a film is made of, for whoever must account for it.
struct Manifest: Encodable {
    let run: RunID
    /// What was asked for; its API does not tell it.
    let task: TaskSpec?
    let outcome: String
    let qualityGate = "not_evaluated"
    let absentSkills: [JobType]
    let cost = "0.00"
    let licences = ["speech by espeak-ng (GPL-3.0-or-later program, run as a separate process)"]
    let notes: [String]
    let artifacts: [ArtifactMeta]

    enum CodingKeys: String, CodingKey {
        case run = "run_id"
        case task
        case outcome
        case qualityGate = "quality_gate"
        case absentSkills = "absent_skills"
        case cost
        case licences
        case notes
        case artifacts
    }

    /// Of a run that another process made, told by what it said.
    init(_ run: RunSheet, notes: [String], artifacts: [ArtifactMeta]) {
        self.run = run.runID
        task = nil
        self.notes = notes
        absentSkills = run.absentSkills.compactMap(JobType.init)
        self.artifacts = artifacts
        outcome = notes.isEmpty ? "success" : "success_with_degradation"
    }

    init(_ state: RunState) {
        run = state.runID
        task = state.spec
        notes = state.jobs.flatMap(\.notes)
        outcome = notes.isEmpty ? "success" : "success_with_degradation"
        absentSkills = state.absentSkills
        artifacts = [state.spec.input] + state.jobs.flatMap(\.artifacts)
    }
}
