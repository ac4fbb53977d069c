// Contracts · pure · sees nothing

/// Every field of the shot: name, type, what it is when nobody wrote it, and what it means. The schema, the check and the
/// page come from here, and the types are held to it by tests.
package enum ShotTable {
    package static let shot = group(
        "ShotDSL",
        [
            .must("dsl", .name, "`ainer.shot/<major>.<minor>`; plain `/1` is `/1.0`"),
            .must("shot_id", .id(ShotID.prefix), "the shot's place in the film"),
            .may("scene_id", .id(SceneID.prefix), "the scene it belongs to"),
            .must("seed", .seed, "from run, shot and candidate; parts mix their name into it"),
            .word("shot_intent", ShotWords.intents, "show", "what the shot is for"),
            .word("criticality", ShotWords.criticality, "normal", "how much the film needs it"),
            .may("source", .object(source), "what of the story it tells").or(.object([:])),
            .must("timing", .object(timing), "when it happens in itself"),
            .word("aspect", ShotWords.aspects, "16:9", "width by height"),
            .must("setting", .object(setting), "where it plays"),
            .may("light", .object(light), "hour, weather and mood").or(.object([:])),
            .must("camera", .object(camera), "what the lens does"),
            .may("cast", .list(of: .object(actor), atMost: 8), "who is in the picture; more than eight are a crowd").or(
                .array([])),
            .may("crowd", .object(crowd), "people or animals drawn as one toned group"),
            .may("props", .list(of: .object(prop), atMost: 64), "the things in the picture").or(.array([])),
            .may("effects", .list(of: .object(effect), atMost: 64), "what happens to the picture").or(.array([])),
            .may("lines", .list(of: .object(line), atMost: 64), "what is heard").or(.array([])),
            .may("text", .object(text), "words drawn into the picture").or(.object([:])),
            .may("transition", .object(ending), "how it gives way to the next").or(.object([:])),
            .may("style", .object(style), "the look of the film").or(.object([:])),
            .may("constraints", .object(constraints), "what the picture must keep to").or(.object([:])),
            .word("fallback_class", ShotWords.fallbacks, "", "what to show when nothing works; empty: by intent"),
            .may("refs", .object(refs), "what generative backends start from").or(.object([:])),
            .may("backend", .object(backend), "who is to draw it; empty: the router decides").or(.object([:])),
        ])

    /// All groups, the shot first, each once.
    package static let groups = [
        shot, source, timing, anchor, setting, light, camera, actor, holding, wears, beat, crowd, prop, propBeat,
        effect,
        line, mouth, text, ending, transition, style, constraints, axis, refs, backend, provenance,
    ]

    /// Every group may say who filled it in.
    static func group(_ name: String, _ fields: [Field]) -> Shape {
        Shape(name, fields + [.may("by", .object(provenance), "who filled this in, and how sure they were")])
    }

    package static let provenance = Shape(
        "by",
        [
            .text("engine", .name, "", "the skill or model"),
            .number("confidence", .fraction, 1, "how sure it was"),
        ])

    // MARK: what is told, and by whom

    package static let source = group(
        "source",
        [
            .may("segment_ids", .list(of: .name, atMost: 1000), "segments of the story").or(.array([])),
            .text("text", .prose, "", "their words"),
        ])

    package static let ending = group(
        "transition", [.may("out", .object(transition), "into the next shot").or(.object([:]))])
    package static let transition = group(
        "transition.out",
        [
            .word("kind", ShotWords.transitions, "cut", "the composer's"),
            .whole("duration_ms", .integer(0...10_000), 0, "how long both pictures are seen"),
        ])

    package static let style = group(
        "style",
        [
            .word("pack", ShotWords.packs, "flat_vector", "the style pack"),
            .text("version", .name, "", "of the pack; empty: the newest"),
            .names("targets", "what the style must bring out: emotion, material, light"),
        ])

    package static let constraints = group(
        "constraints",
        [
            .may("axis", .object(axis), "who stands left and who right, for a whole scene").or(.object([:])),
            .names("hard", "what must be so: a reference named here has to lead somewhere"),
            .names("soft", "what should be so"),
            .names("culture", "what the culture asks for"),
            .names("avoid", "what must not be seen"),
        ])
    package static let axis = group(
        "constraints.axis",
        [
            .may("left", .id(CharacterID.prefix), "who stands on the left"),
            .may("right", .id(CharacterID.prefix), "who stands on the right"),
        ])

    package static let refs = group(
        "refs",
        [
            .names("entities", "entities to bind"), .names("assets", "pictures to start from"),
            .names("lora", "fine-tunings to load"), .names("embedding", "embeddings to load"),
            .may("bindings", .map(of: .any, atMost: 1000), "entity to asset").or(.object([:])),
        ])

    package static let backend = group(
        "backend",
        [
            .text("target", .name, "", "who is to draw it"),
            .may("render_params", .map(of: .any, atMost: 1000), "what it is told").or(.object([:])),
            .may("params_override", .map(of: .any, atMost: 1000), "what a person insists on").or(.object([:])),
        ])
}
