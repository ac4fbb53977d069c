// GatewayCore · pure · sees Contracts, Policies
package import Contracts

/// One change of a timeline.
package struct TimelineEdit: Codable, Hashable, Sendable {
    package enum Kind: String, CaseIterable, Codable, Hashable, Sendable {
        /// A shot shows for another time; what follows moves.
        case setDuration = "set_duration"
        /// A shot stands elsewhere: before another one, or at the end.
        case move
        /// A shot and its lines are left out.
        case remove
        /// A line begins sooner or later within its shot.
        case shiftLine = "shift_line"
        /// A shot is to look otherwise; its time stays.
        case prompt
    }

    package var kind: Kind
    package var shotID: ShotID?
    package var lineID: LineID?
    /// For `set_duration`.
    package var durationMS: Int?
    /// For `move`; nil: at the end.
    package var before: ShotID?
    /// For `shift_line`; less than 0: sooner.
    package var byMS: Int?
    /// For `prompt`.
    package var text: String?

    package enum CodingKeys: String, CodingKey {
        case kind = "op"
        case shotID = "shot_id"
        case lineID = "line_id"
        case durationMS = "duration_ms"
        case before = "before_shot_id"
        case byMS = "by_ms"
        case text = "patch_text"
    }

    package init(_ kind: Kind, shot: ShotID? = nil, line: LineID? = nil) {
        self.kind = kind
        shotID = shot
        lineID = line
    }

    /// Why an edit cannot be made.
    package struct Fault: Error, Hashable {
        /// The field that is wrong.
        package let field: String
        package let detail: String

        package init(_ field: CodingKeys, _ detail: String) {
            self.field = field.rawValue
            self.detail = detail
        }
    }
}

extension Timeline {
    /// The shots of this timeline that look otherwise than in that one: another length, or lines at other moments. Where a
    /// shot stands is no look of its own.
    package func redrawn(since old: Timeline) -> [ShotID] {
        shots.filter { shot in
            guard let before = old.shots.first(where: { $0.shotID == shot.shotID }) else { return true }
            return before.frames != shot.frames || lines(in: shot) != old.lines(in: before)
        }.map(\.shotID)
    }

    /// On the shot's own clock.
    private func lines(in shot: ShotSpan) -> [LineID: Int] {
        Dictionary(
            lines.filter { $0.shotID == shot.shotID }.map { ($0.lineID, $0.startMS - start(of: shot)) },
            uniquingKeysWith: { first, _ in first })
    }

    package func edited(by edit: TimelineEdit) throws(TimelineEdit.Fault) -> Timeline {
        switch edit.kind {
        case .setDuration: try stretched(edit)
        case .move: try moved(edit)
        case .remove: try shortened(edit)
        case .shiftLine: try shifted(edit)
        case .prompt: try kept(edit)
        }
    }

    private func place(of edit: TimelineEdit) throws(TimelineEdit.Fault) -> Int {
        guard let shot = edit.shotID else { throw TimelineEdit.Fault(.shotID, "say which shot") }
        guard let place = shots.firstIndex(where: { $0.shotID == shot }) else {
            throw TimelineEdit.Fault(.shotID, "the timeline has no shot \(shot)")
        }
        return place
    }

    private func kept(_ edit: TimelineEdit) throws(TimelineEdit.Fault) -> Timeline {
        _ = try place(of: edit)
        guard let text = edit.text, !text.isEmpty else {
            throw TimelineEdit.Fault(.text, "say what should be different")
        }
        return self
    }

    private func stretched(_ edit: TimelineEdit) throws(TimelineEdit.Fault) -> Timeline {
        let place = try place(of: edit)
        guard let wish = edit.durationMS, wish > 0 else { throw TimelineEdit.Fault(.durationMS, "say for how long") }
        let shot = shots[place]
        let spoken = lines.filter { $0.shotID == shot.shotID }.map { $0.endMS - start(of: shot) }.max() ?? 0
        guard wish >= spoken else {
            throw TimelineEdit.Fault(.durationMS, "its lines need \(spoken) milliseconds")
        }
        var cut = shots
        cut[place].frames = max(1, (wish * framesPerSecond + 500) / 1000)
        return laid(cut)
    }

    private func moved(_ edit: TimelineEdit) throws(TimelineEdit.Fault) -> Timeline {
        var cut = shots
        let shot = cut.remove(at: try place(of: edit))
        guard let before = edit.before else { return laid(cut + [shot]) }
        guard let place = cut.firstIndex(where: { $0.shotID == before }) else {
            throw TimelineEdit.Fault(.before, "the timeline has no other shot \(before)")
        }
        cut.insert(shot, at: place)
        return laid(cut)
    }

    private func shortened(_ edit: TimelineEdit) throws(TimelineEdit.Fault) -> Timeline {
        var cut = shots
        let shot = cut.remove(at: try place(of: edit))
        guard !cut.isEmpty else { throw TimelineEdit.Fault(.shotID, "it is the last one: nothing would be left") }
        var next = self
        next.lines.removeAll { $0.shotID == shot.shotID }
        return next.laid(cut)
    }

    private func shifted(_ edit: TimelineEdit) throws(TimelineEdit.Fault) -> Timeline {
        guard let id = edit.lineID else { throw TimelineEdit.Fault(.lineID, "say which line") }
        guard let place = lines.firstIndex(where: { $0.lineID == id }),
            let shot = shots.first(where: { $0.shotID == lines[place].shotID })
        else { throw TimelineEdit.Fault(.lineID, "the timeline has no line \(id)") }
        guard let by = edit.byMS else { throw TimelineEdit.Fault(.byMS, "say by how much") }
        var next = self
        next.lines[place].startMS += by
        next.lines[place].endMS += by
        let line = next.lines[place]
        guard line.startMS >= start(of: shot), line.endMS <= end(of: shot) else {
            throw TimelineEdit.Fault(.byMS, "then it would not be heard within its shot")
        }
        let others = next.lines.filter { $0.shotID == shot.shotID && $0.lineID != id }
        guard others.allSatisfy({ $0.endMS <= line.startMS || line.endMS <= $0.startMS }) else {
            throw TimelineEdit.Fault(.byMS, "then two lines would be heard at once")
        }
        return next
    }

    /// These shots one after the other; every line keeps its place in its shot.
    private func laid(_ cut: [ShotSpan]) -> Timeline {
        var next = self
        let before = Dictionary(shots.map { ($0.shotID, start(of: $0)) }) { first, _ in first }
        var after: [ShotID: Int] = [:]
        var frame = 0
        next.shots = cut.map { shot in
            var shot = shot
            shot.firstFrame = frame
            frame += shot.frames
            after[shot.shotID] = start(of: shot)
            return shot
        }
        next.lines = next.lines.map { line in
            var line = line
            let by = (after[line.shotID] ?? 0) - (before[line.shotID] ?? 0)
            line.startMS += by
            line.endMS += by
            return line
        }.sorted { ($0.startMS, $0.lineID) < ($1.startMS, $1.lineID) }
        return next
    }

    private func start(of shot: ShotSpan) -> Int { shot.firstFrame * 1000 / max(1, framesPerSecond) }

    private func end(of shot: ShotSpan) -> Int { (shot.firstFrame + shot.frames) * 1000 / max(1, framesPerSecond) }
}
