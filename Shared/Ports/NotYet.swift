// Ports · doors · sees Contracts
package import Contracts

/// Some of a batch came before what they follow from, which is under way: they come again a little later. All others of the
/// batch are handled.
package struct NotYet: Error, CustomStringConvertible {
    package let letters: Set<EventID>
    package let description: String

    package init(_ letters: Set<EventID>, because description: String) {
        self.letters = letters
        self.description = description
    }
}
