// Contracts · pure · sees nothing

/// The body of an event: JSON kept as the bytes it came in, so that whoever forwards it changes nothing.
package struct Payload: Hashable, Sendable {
    /// Bigger than this is stored as an artifact and carried by reference.
    package static let wishedBytes = 64 * 1024
    /// Bigger than this is refused.
    package static let mostBytes = 256 * 1024
    /// Objects and lists within one another.
    package static let deepest = 64

    package let bytes: [UInt8]

    /// The bytes are an object in JSON: our own writing, or what was checked at the door.
    package init(trusted bytes: [UInt8]) { self.bytes = bytes }

    package static let empty = Payload(trusted: Array("{}".utf8))
}
