// AinerCLICore · pure · sees Contracts, Policies
package import Contracts

/// What a run has made, as a list and as files.
package enum ArtifactSheet {
    package static func table(_ artifacts: [ArtifactMeta]) -> [String] {
        guard !artifacts.isEmpty else { return ["nothing yet"] }
        let units = artifacts.map { RunSheet.plain($0.unit ?? "") }
        let width = units.map(\.count).max() ?? 0
        return zip(artifacts, units).map { meta, unit in
            "\(meta.artifactType.rawValue.padded(to: 21)) \(unit.padded(to: width)) "
                + "\("\(meta.sizeBytes)".leftPadded(to: 10))  \(meta.artifactID)"
        }
    }

    /// What each is called in a folder. Nothing that a server says leads out of it, and no two are called the same.
    package static func names(_ artifacts: [ArtifactMeta]) -> [String] {
        var taken: Set<String> = []
        return artifacts.map { meta in
            let unit = meta.unit.map { "-" + safe($0) } ?? ""
            let ending = "." + ending(of: meta)
            let name = meta.artifactType.rawValue + unit
            let whole = taken.contains(name + ending) ? "\(name)-\(meta.artifactID)" : name
            taken.insert(whole + ending)
            return whole + ending
        }
    }

    private static func safe(_ text: String) -> String {
        String(text.prefix(100).map { $0.isASCII && ($0.isLetter || $0.isNumber || $0 == "_" || $0 == "-") ? $0 : "_" })
    }

    private static let endings = [
        "video/mp4": "mp4", "audio/wav": "wav", "audio/x-wav": "wav", "image/png": "png", "image/jpeg": "jpg",
        "application/json": "json", "application/x-subrip": "srt", "text/plain": "txt", "text/markdown": "md",
    ]

    private static func ending(of meta: ArtifactMeta) -> String {
        if meta.artifactType == .subtitles { return "srt" }
        let mime = meta.mimeType.map { String($0.prefix { $0 != ";" }).lowercased() } ?? ""
        if let known = endings[mime] { return known }
        switch meta.artifactType {
        case .finalVideo, .shotVideo, .lipsyncVideo: return "mp4"
        case .dialogueWav, .mixedAudio, .bgmAudio, .sfxAudio, .ambienceAudio: return "wav"
        case .keyframe, .storyboardImage, .contactSheet: return "png"
        case .sourceText: return "txt"
        default: return "json"
        }
    }
}
