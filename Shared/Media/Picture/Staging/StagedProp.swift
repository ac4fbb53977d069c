// Picture · pure · sees Contracts, Policies

/// A thing with its place in the picture.
package struct StagedProp: Hashable, Sendable {
    package var id: String
    package var kind: PropKind
    /// Its foot, or its middle when it flies.
    package var at: Point
    /// Units of the frame for one of the thing's own.
    package var unit: Double
    package var depth: Double
    /// The word on it, for things we cannot draw.
    package var label: String
    package var isLit: Bool
    package var isOpen: Bool
    package var colour: Colour?
    package var isOnProp: Bool
    package var seed: UInt64
}
