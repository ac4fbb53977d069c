// Contracts · pure · sees nothing

/// When everything happens, from the lengths the voices really have. Output of skill 06.
package struct Timeline: Hashable, Sendable {
    package var timelineID: String
    package var chapterID: String
    package var timelineVersion = "v1"
    package var framesPerSecond: Int
    package var shots: [ShotSpan]
    package var lines: [LineSpan]

    package init(
        timelineID: String = "timeline", chapterID: String = "", framesPerSecond: Int, shots: [ShotSpan],
        lines: [LineSpan]
    ) {
        self.timelineID = timelineID
        self.chapterID = chapterID
        self.framesPerSecond = framesPerSecond
        self.shots = shots
        self.lines = lines
    }

    /// Somebody has changed what was made: it may leave shots out.
    package var isChanged: Bool { timelineVersion != "v1" }

    package var frames: Int { shots.last.map { $0.firstFrame + $0.frames } ?? 0 }
    package var durationMS: Int { framesPerSecond > 0 ? frames * 1000 / framesPerSecond : 0 }
}

/// A shot in whole frames, so that cuts fall between pictures.
package struct ShotSpan: Hashable, Sendable {
    package var shotID: ShotID
    package var firstFrame: Int
    package var frames: Int

    package init(shotID: ShotID, firstFrame: Int, frames: Int) {
        self.shotID = shotID
        self.firstFrame = firstFrame
        self.frames = frames
    }
}

/// A line on the film's own clock.
package struct LineSpan: Hashable, Sendable {
    package var lineID: LineID
    package var shotID: ShotID
    package var startMS: Int
    package var endMS: Int

    package init(lineID: LineID, shotID: ShotID, startMS: Int, endMS: Int) {
        self.lineID = lineID
        self.shotID = shotID
        self.startMS = startMS
        self.endMS = endMS
    }
}
