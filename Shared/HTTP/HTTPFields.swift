// HTTP · bytes · sees Contracts

/// Header fields in their order. Names are compared without case; a name may come more than once.
package struct HTTPFields: Sendable, Equatable, ExpressibleByDictionaryLiteral {
    package struct Field: Sendable, Equatable {
        package let name: String
        package let value: String

        package init(_ name: String, _ value: String) {
            self.name = name
            self.value = value
        }
    }

    package private(set) var all: [Field]

    package init(_ all: [Field] = []) { self.all = all }

    package init(dictionaryLiteral pairs: (String, String)...) { all = pairs.map { Field($0.0, $0.1) } }

    /// The first value of a name; setting it takes all others of that name away.
    package subscript(name: String) -> String? {
        get { all.first { Self.isSame($0.name, name) }?.value }
        set {
            all.removeAll { Self.isSame($0.name, name) }
            if let newValue { add(name, newValue) }
        }
    }

    package func values(of name: String) -> [String] {
        all.compactMap { Self.isSame($0.name, name) ? $0.value : nil }
    }

    package mutating func add(_ name: String, _ value: String) { all.append(Field(name, value)) }

    private static func isSame(_ left: String, _ right: String) -> Bool {
        let (left, right) = (left.utf8, right.utf8)
        return left.count == right.count && zip(left, right).allSatisfy { lowered($0) == lowered($1) }
    }

    private static func lowered(_ byte: UInt8) -> UInt8 { (65...90).contains(byte) ? byte | 0x20 : byte }
}
