// Contracts · pure · sees nothing

/// A number with leading zeros, as ordinal names carry it.
package func padded(_ number: Int, to width: Int) -> String {
    let digits = String(number)
    return String(repeating: "0", count: max(0, width - digits.count)) + digits
}

extension SceneID {
    package init(ordinal: Int) { self.init(trusted: "SC" + padded(ordinal, to: 2)) }
}

extension ShotID {
    package init(ordinal: Int) { self.init(trusted: "S" + padded(ordinal, to: 4)) }
}

extension LineID {
    package init(ordinal: Int) { self.init(trusted: "L" + padded(ordinal, to: 4)) }
}

extension CharacterID {
    /// Who tells the story; nobody sees them.
    package static let narrator = CharacterID(ordinal: 0)
    package init(ordinal: Int) { self.init(trusted: "CHAR_" + padded(ordinal, to: 4)) }
}

extension PlaceID {
    package init(ordinal: Int) { self.init(trusted: "PLACE_" + padded(ordinal, to: 4)) }
}
