// ContractsTests · tests · sees Contracts
import Contracts

/// Places in a shot, named as the table names its groups: `cast[].beats[]`; `ShotDSL` is the whole.
extension JSONValue {
    /// Every object at a place.
    func groups(at place: String) -> [JSONValue] {
        guard let step = Step(place) else { return [self] }
        return step.members(of: self).flatMap { $0.groups(at: step.rest) }
    }

    /// The same value with a member of every group at a place written anew, or left out.
    func setting(_ value: JSONValue?, of name: String, at place: String) throws -> JSONValue {
        guard case .object(var members) = self else { return self }
        guard let step = Step(place) else {
            members[name] = value
            return .object(members)
        }
        if let member = members[step.name] {
            if step.isList, case .array(let elements) = member {
                members[step.name] = .array(try elements.map { try $0.setting(value, of: name, at: step.rest) })
            } else {
                members[step.name] = try member.setting(value, of: name, at: step.rest)
            }
        }
        return .object(members)
    }

    /// Whether everything of the other value stands here too.
    func holds(_ other: JSONValue) -> Bool {
        switch (self, other) {
        case (.object(let mine), .object(let theirs)):
            theirs.allSatisfy { name, value in mine[name].map { $0.holds(value) } ?? false }
        case (.array(let mine), .array(let theirs)):
            mine.count == theirs.count && zip(mine, theirs).allSatisfy { $0.holds($1) }
        default: self == other
        }
    }

    /// The first step of a place.
    private struct Step {
        let name: String
        let isList: Bool
        let rest: String

        init?(_ place: String) {
            if place.isEmpty || place == ShotTable.shot.name { return nil }
            let first = place.prefix { $0 != "." }
            rest = String(place.dropFirst(first.count + 1))
            isList = first.hasSuffix("[]")
            name = isList ? String(first.dropLast(2)) : String(first)
        }

        func members(of value: JSONValue) -> [JSONValue] {
            guard let member = value[name] else { return [] }
            if isList, case .array(let elements) = member { return elements }
            return [member]
        }
    }
}
