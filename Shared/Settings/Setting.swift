// Settings · environment · sees nothing

/// One setting: its name, what it is for, and what holds when nobody sets it.
package struct Setting: Sendable, Hashable {
    package let name: String
    package let meaning: String
    package let standard: String

    package init(_ name: String, _ meaning: String, standard: String) {
        self.name = name
        self.meaning = meaning
        self.standard = standard
    }
}

/// Something that must not be seen: it prints itself as dots, wherever it ends up.
package struct Secret: Sendable, Hashable, CustomStringConvertible, CustomDebugStringConvertible, CustomReflectable {
    /// For the one who must say it to somebody.
    package let revealed: String

    package init(_ revealed: String) { self.revealed = revealed }

    package var description: String { "•••" }
    package var debugDescription: String { "•••" }
    package var customMirror: Mirror { Mirror(self, children: []) }
}

/// Everything that is wrong with the environment, at once. The process that reads it exits 78.
package struct SettingsFault: Error, CustomStringConvertible, Equatable {
    package let faults: [String]

    package init(faults: [String]) { self.faults = faults }

    package var description: String { faults.joined(separator: "\n") }
}
