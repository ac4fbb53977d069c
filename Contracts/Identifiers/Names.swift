// Contracts · pure · sees nothing

/// What a client submitted.
package struct TaskID: Identifier {
    package static let prefix = "task_"
    package let rawValue: String
    package init(trusted rawValue: String) { self.rawValue = rawValue }
}

/// One making of one film.
package struct RunID: Identifier {
    package static let prefix = "run_"
    package let rawValue: String
    package init(trusted rawValue: String) { self.rawValue = rawValue }
}

/// One piece of work of a run.
package struct JobID: Identifier {
    package static let prefix = "job_"
    package let rawValue: String
    package init(trusted rawValue: String) { self.rawValue = rawValue }
}

/// One envelope, once and for ever.
package struct EventID: Identifier {
    package static let prefix = "evt_"
    package let rawValue: String
    package init(trusted rawValue: String) { self.rawValue = rawValue }
}

/// One promoted output.
package struct ArtifactID: Identifier {
    package static let prefix = "art_"
    package let rawValue: String
    package init(trusted rawValue: String) { self.rawValue = rawValue }
}

/// One worker process, from its start to its end.
package struct NodeID: Identifier {
    package static let prefix = "node_"
    package let rawValue: String
    package init(trusted rawValue: String) { self.rawValue = rawValue }
}

/// A scene by its place in the story: `SC01`.
package struct SceneID: Identifier {
    package static let prefix = "SC"
    package let rawValue: String
    package init(trusted rawValue: String) { self.rawValue = rawValue }
}

/// A shot by its place in the film: `S0001`.
package struct ShotID: Identifier {
    package static let prefix = "S"
    package let rawValue: String
    package init(trusted rawValue: String) { self.rawValue = rawValue }
}

/// A spoken line by its place in the film: `L0001`.
package struct LineID: Identifier {
    package static let prefix = "L"
    package let rawValue: String
    package init(trusted rawValue: String) { self.rawValue = rawValue }
}

/// A person of the story: `CHAR_0001`.
package struct CharacterID: Identifier {
    package static let prefix = "CHAR_"
    package let rawValue: String
    package init(trusted rawValue: String) { self.rawValue = rawValue }
}

/// A place of the story by any name; the ones we find are called `PLACE_0001`.
package struct PlaceID: Identifier {
    package static let prefix = ""
    package let rawValue: String
    package init(trusted rawValue: String) { self.rawValue = rawValue }
}

/// One decision of the model router.
package struct RouteID: Identifier {
    package static let prefix = "rt_"
    package let rawValue: String
    package init(trusted rawValue: String) { self.rawValue = rawValue }
}
