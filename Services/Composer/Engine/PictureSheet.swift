// ComposerEngine · engine · sees Contracts, Policies, Ports, Telemetry, Wire, WorkerKitShell, Planning, Picture, Raster, Sound, Cutting
import Contracts
import Raster
import WorkerKitShell

/// Every shot as one picture with the words that are heard over it.
struct PictureSheet {
    let plan: ShotPlan
    let timeline: Timeline

    func draw(_ bench: Workbench) async throws -> String {
        var pictures: [(path: String, caption: String)] = []
        let planned = Dictionary(plan.shots.map { ($0.shotID, $0) }) { first, _ in first }
        for shot in timeline.shots.compactMap({ planned[$0.shotID] }) {
            let words = shot.lines.compactMap { plan.line($0)?.text }.joined(separator: " ")
            pictures.append(
                (try await bench.file(.keyframe, unit: shot.shotID.rawValue), words.isEmpty ? "—" : words))
        }
        let path = "\(bench.folder)/sheet.png"
        do {
            try ContactSheet.write(pngs: pictures, columns: 3, cellWidth: 426, to: path)
        } catch {
            throw FailureReport(.composeFailed, "the sheet of pictures was not drawn: \(error)", owner: .composer)
        }
        return path
    }
}
