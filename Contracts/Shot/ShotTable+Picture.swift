// Contracts · pure · sees nothing

extension ShotTable {
    // MARK: time, place, light, lens

    package static let timing = group(
        "timing",
        [
            .must("duration_ms", .integer(300...60_000), "how long; final when the sound is"),
            .whole("fps", .integer(12...30), 24, "frames a second").only([12, 24, 25, 30]),
            .may("anchors", .list(of: .object(anchor), atMost: 256), "moments to put motion on").or(.array([])),
        ])
    package static let anchor = group(
        "timing.anchors[]",
        [
            .must("id", .name, "its name"),
            .must("at_ms", .moment, "when"),
            .word("kind", ShotWords.anchors, "", "what happens there"),
        ])

    package static let setting = group(
        "setting",
        [
            .must("kind", .name, "the place").knows(ShotWords.settings),
            .text("label", .prose, "", "the story's own word for it"),
            .text("variant", .name, "", "of that kind: `pier`, `wheat`, `chinese`, `tavern`, `study`"),
            .names("features", "what is seen there: `lighthouse`, `fireplace`, `window`, `bridge`, `river`"),
            .text("culture", .name, "", "chooses houses, clothes and furniture: `cn_ancient`, `european`"),
            .text("era", .name, "", "empty: the run's"),
            .may("place_id", .id(PlaceID.prefix), "the same place is dressed the same way"),
            .whole("place_seed", .seed, 0, "from the place, not the shot; 0: from its words"),
            .word("view", ShotWords.views, "front", "where in the place the lens stands"),
        ])

    package static let light = group(
        "light",
        [
            .word("time", ShotWords.times, "day", "the hour"),
            .word("weather", ShotWords.weather, "clear", "the sky"),
            .number("amount", .fraction, 0.5, "how much weather"),
            .number("wind", .fraction, 0.2, "how much wind"),
            .word("mood", ShotWords.moods, "neutral", "bends the colours a little"),
            .names("sources", "props that give light; empty: lamps and fires do"),
        ])

    package static let camera = group(
        "camera",
        [
            .must("framing", .name, "how near").knows(ShotWords.framings),
            .word("angle", ShotWords.angles, "eye", "from how high"),
            .word("movement", ShotWords.movements, "static", "where the lens goes"),
            .number("strength", .fraction, 0.5, "how far it goes"),
            .names("focus", "people and props to frame; empty: who speaks, else everybody"),
            .word("ease", ShotWords.eases, "in_out", "how it starts and stops"),
        ])

    // MARK: people

    package static let actor = group(
        "cast[]",
        [
            .must("entity_id", .id(CharacterID.prefix), "looks come from the profile of this name"),
            .text("label", .prose, "", "the story's own word"),
            .may("x", .fraction, "0 left … 1 right of a wide frame; absent: the staging table"),
            .number("depth", .fraction, 0, "0 front … 1 back"),
            .number("lift", .fraction, 0, "above the ground, in heights of a figure"),
            .word("facing", ShotWords.facings, "", "empty: by the axis, else toward the focus"),
            .word("pose", ShotWords.poses, "stand", "what the body does"),
            .word("expression", ShotWords.expressions, "neutral", "what the face does"),
            .word("gaze", ShotWords.gazes, "", "one of these, a person or a thing; empty: the partner"),
            .may("holding", .object(holding), "what is in the hands").abbreviated("near").or(.object([:])),
            .names("state", "the body's condition").knows(ShotWords.states),
            .may("wears", .object(wears), "this scene's clothes, where they differ"),
            .may("beats", .list(of: .object(beat), atMost: 256), "changes, in order").or(.array([])),
            .word("enter", ShotWords.entrances, "", "how they come in"),
            .word("exit", ShotWords.entrances, "", "how they go"),
        ])
    package static let holding = group(
        "cast[].holding",
        [
            .text("near", .name, "", "a prop's name or kind, in the hand before the body"),
            .text("far", .name, "", "in the other hand"),
        ])
    package static let wears = group(
        "cast[].wears",
        [
            .may("garment", .name, "instead of the profile's").knows(ShotWords.garments),
            .may("main", .name, "its colour, as hex"), .may("second", .name, "the colour under it"),
            .may("accent", .name, "the colour of small things"),
            .may("extras", .list(of: .name, atMost: 32), "hats, beards and so on").knows(ShotWords.extras),
        ])
    package static let beat = group(
        "cast[].beats[]",
        [
            .must("at_ms", .moment, "when it begins"),
            .may("pose", .name, "a new pose").knows(ShotWords.poses),
            .may("expression", .name, "a new face").knows(ShotWords.expressions),
            .may("gaze", .name, "a new look").knows(ShotWords.gazes),
            .may("to_x", .fraction, "where they go"), .may("to_depth", .fraction, "how far back they go"),
            .may("facing", .name, "where they turn").knows(ShotWords.facings),
            .may("holding", .object(holding), "what they take").abbreviated("near"),
            .may("anchor", .name, "the moment it is put on"),
        ])
    package static let crowd = group(
        "crowd",
        [
            .must("kind", .name, "who they are").knows(ShotWords.crowds),
            .whole("count", .integer(1...500), 5, "how many"), .number("depth", .fraction, 0.6, "0 front … 1 back"),
        ])

    // MARK: things and sound

    package static let prop = group(
        "props[]",
        [
            .text("id", .name, "", "its name in this shot"),
            .must("kind", .name, "what it is").knows(ShotWords.props),
            .text("label", .prose, "", "the story's own word"),
            .number("x", .fraction, 0.5, "0 left … 1 right"), .number("depth", .fraction, 0, "0 front … 1 back"),
            .number("lift", .fraction, 0, "above the ground, in heights of a figure"),
            .text("on", .name, "", "the prop it stands on"),
            .number("scale", .number(0...20), 1, "of its usual size"),
            .word("state", ShotWords.propStates, "", "what it is like"),
            .text("colour", .name, "", "as hex; empty: its usual one"),
            .may("owner", .id(CharacterID.prefix), "whose it is"),
            .may("beats", .list(of: .object(propBeat), atMost: 256), "changes, in order").or(.array([])),
        ])
    package static let propBeat = group(
        "props[].beats[]",
        [
            .must("at_ms", .moment, "when it begins"),
            .may("state", .name, "a new state").knows(ShotWords.propStates),
            .may("to_x", .fraction, "where it goes"), .may("to_depth", .fraction, "how far back it goes"),
            .may("anchor", .name, "the moment it is put on"),
        ])
    package static let effect = group(
        "effects[]",
        [
            .must("kind", .name, "what happens").knows(ShotWords.effects), .whole("at_ms", .moment, 0, "when"),
            .number("x", .fraction, 0.5, "0 left … 1 right"), .number("depth", .fraction, 0.5, "0 front … 1 back"),
            .number("amount", .fraction, 0.5, "how much"),
        ])
    package static let line = group(
        "lines[]",
        [
            .must("line_id", .id(LineID.prefix), "the line's place in the film"),
            .must("speaker", .id(CharacterID.prefix), "who says it"), .text("text", .prose, "", "its words"),
            .must("start_ms", .moment, "from the start of the shot"), .must("end_ms", .moment, "likewise"),
            .may("kind", .word(of: ShotDSL.SpokenLine.Kind.self), "how it is heard").or(.string("speech")),
            .may("visemes_ref", .id(ArtifactID.prefix), "the lip track with its mouths"),
            .may("visemes", .list(of: .object(mouth), atMost: 4096), "its mouths themselves").or(.array([])),
        ])
    package static let mouth = group(
        "lines[].visemes[]",
        [
            .must("start_ms", .moment, "from the start of the line"), .must("end_ms", .moment, "likewise"),
            .must("shape", .word(of: Viseme.self), "the mouth"),
        ])
    package static let text = group(
        "text",
        [
            .text("caption", .prose, "", "drawn only when asked; subtitles come from the composer"),
            .text("title", .prose, "", "of the film"), .text("credit", .prose, "", "under the title"),
            .text("place_card", .prose, "", "names the place"),
        ])
}
