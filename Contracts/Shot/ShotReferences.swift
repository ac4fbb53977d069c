// Contracts · pure · sees nothing

/// Finds the names in a shot that lead nowhere. They are dropped and the shot is drawn without them, unless its hard
/// constraints speak of them.
struct ShotReferences {
    private let shot: JSONValue
    private let people: Set<String>
    private let things: Set<String>
    private let kinds: Set<String>
    private let anchors: Set<String>
    /// Every word of the hard constraints.
    private let hard: Set<String>

    init(_ shot: JSONValue) {
        self.shot = shot
        people = Set(shot.list("cast").compactMap { $0.word("entity_id") })
        things = Set(shot.list("props").compactMap { $0.word("id") })
        kinds = Set(shot.list("props").compactMap { $0.word("kind") })
        anchors = Set((shot["timing"] ?? .null).list("anchors").compactMap { $0.word("id") })
        let sentences = (shot["constraints"] ?? .null).list("hard").compactMap(\.word)
        hard = Set(
            sentences.flatMap { $0.split { !$0.isLetter && !$0.isNumber && $0 != "_" && $0 != "-" } }.map(String.init))
    }

    func faults() -> [ShotFault] {
        var found: [ShotFault] = []
        let camera = shot["camera"] ?? .null
        for (index, name) in camera.list("focus").enumerated() {
            check(name.word, "$.camera.focus[\(index)]", in: people, things, kinds, noting: &found)
        }
        let light = shot["light"] ?? .null
        for (index, name) in light.list("sources").enumerated() {
            check(name.word, "$.light.sources[\(index)]", in: things, kinds, noting: &found)
        }
        for (index, actor) in shot.list("cast").enumerated() { follow(actor, "$.cast[\(index)]", &found) }
        for (index, prop) in shot.list("props").enumerated() {
            check(prop.word("on"), "$.props[\(index)].on", in: things, kinds, noting: &found)
            anchored(prop, "$.props[\(index)]", &found)
        }
        for (index, line) in shot.list("lines").enumerated() {
            let told: Set = [CharacterID.narrator.rawValue]
            check(line.word("speaker"), "$.lines[\(index)].speaker", in: people, told, noting: &found)
        }
        return found
    }

    private func follow(_ actor: JSONValue, _ path: String, _ found: inout [ShotFault]) {
        let gazes = Set(ShotWords.gazes.words)
        check(actor.word("gaze"), path + ".gaze", in: gazes, people, things, kinds, noting: &found)
        for (index, beat) in actor.list("beats").enumerated() {
            check(beat.word("gaze"), "\(path).beats[\(index)].gaze", in: gazes, people, things, kinds, noting: &found)
        }
        anchored(actor, path, &found)
    }

    private func anchored(_ owner: JSONValue, _ path: String, _ found: inout [ShotFault]) {
        for (index, beat) in owner.list("beats").enumerated() {
            check(beat.word("anchor"), "\(path).beats[\(index)].anchor", in: anchors, noting: &found)
        }
    }

    private func check(
        _ name: String?, _ path: String, in places: Set<String>..., noting found: inout [ShotFault]
    ) {
        guard let name, !name.isEmpty, !places.contains(where: { $0.contains(name) }) else { return }
        found.append(
            ShotFault(
                path, .dangling, "\"\(name.prefix(40))\" is not in the shot",
                severity: hard.contains(name) ? .error : .warn))
    }
}

extension JSONValue {
    fileprivate var word: String? {
        if case .string(let text) = self { text } else { nil }
    }

    fileprivate func word(_ key: String) -> String? { self[key]?.word }

    fileprivate func list(_ key: String) -> [JSONValue] {
        if case .array(let elements)? = self[key] { elements } else { [] }
    }
}
