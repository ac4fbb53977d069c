// Contracts · pure · sees nothing

/// On the wire everything that has a time is a segment of a track: shots of `video`, lines of `dialogue`.
extension Timeline: Codable {
    private enum CodingKeys: String, CodingKey {
        case timelineID = "timeline_id"
        case chapterID = "chapter_id"
        case timelineVersion = "timeline_version"
        case schemaVersion = "schema_version"
        case framesPerSecond = "frames_per_second"
        case totalDurationMS = "total_duration_ms"
        case segments
    }

    package init(from decoder: any Decoder) throws {
        let container = try decoder.container(keyedBy: CodingKeys.self)
        timelineID = try container.decode(String.self, forKey: .timelineID)
        chapterID = try container.decode(String.self, forKey: .chapterID)
        timelineVersion = try container.decode(String.self, forKey: .timelineVersion)
        framesPerSecond = try container.decode(Int.self, forKey: .framesPerSecond)
        let segments = try container.decode([TimelineSegment].self, forKey: .segments)
        shots = segments.compactMap(\.shot)
        lines = segments.compactMap(\.line)
    }

    package func encode(to encoder: any Encoder) throws {
        var container = encoder.container(keyedBy: CodingKeys.self)
        try container.encode("1.0", forKey: .schemaVersion)
        try container.encode(timelineID, forKey: .timelineID)
        try container.encode(chapterID, forKey: .chapterID)
        try container.encode(timelineVersion, forKey: .timelineVersion)
        try container.encode(framesPerSecond, forKey: .framesPerSecond)
        try container.encode(durationMS, forKey: .totalDurationMS)
        let video = shots.map { TimelineSegment($0, framesPerSecond: max(1, framesPerSecond)) }
        try container.encode(video + lines.map(TimelineSegment.init), forKey: .segments)
    }
}

private struct TimelineSegment: Codable {
    enum Track: String, Codable {
        case video
        case dialogue
    }

    let id: String
    let track: Track
    let startMS: Int
    let endMS: Int
    let shotID: ShotID
    let firstFrame: Int?
    let frames: Int?

    enum CodingKeys: String, CodingKey {
        case id = "segment_id"
        case track
        case startMS = "start_ms"
        case endMS = "end_ms"
        case shotID = "shot_id"
        case firstFrame = "first_frame"
        case frames
    }

    init(_ span: ShotSpan, framesPerSecond: Int) {
        id = span.shotID.rawValue
        track = .video
        startMS = span.firstFrame * 1000 / framesPerSecond
        endMS = (span.firstFrame + span.frames) * 1000 / framesPerSecond
        shotID = span.shotID
        firstFrame = span.firstFrame
        frames = span.frames
    }

    init(_ span: LineSpan) {
        id = span.lineID.rawValue
        track = .dialogue
        startMS = span.startMS
        endMS = span.endMS
        shotID = span.shotID
        firstFrame = nil
        frames = nil
    }

    var shot: ShotSpan? {
        guard track == .video, let firstFrame, let frames else { return nil }
        return ShotSpan(shotID: shotID, firstFrame: firstFrame, frames: frames)
    }

    var line: LineSpan? {
        guard track == .dialogue, let line = LineID(rawValue: id) else { return nil }
        return LineSpan(lineID: line, shotID: shotID, startMS: startMS, endMS: endMS)
    }
}
