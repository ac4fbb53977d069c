// Web · web · sees Contracts, HTTP, Policies, Ports, Telemetry, Wire
import Contracts
import Foundation
import Wire

/// Where a list goes on: a value of ours in a wrapping that nobody needs to open.
package enum Cursor {
    package static let longest = 1024

    package static func text(of place: some Encodable) throws -> String {
        Data(try JSON.encode(place)).base64EncodedString()
            .replacing("+", with: "-").replacing("/", with: "_").replacing("=", with: "")
    }

    /// A cursor names a place in a list. One that is not ours names none, and is not taken for the beginning.
    package static func place<Place: Decodable>(_: Place.Type = Place.self, in text: String) throws -> Place {
        let standard = text.replacing("-", with: "+").replacing("_", with: "/")
        let padded = standard + String(repeating: "=", count: (4 - standard.utf8.count % 4) % 4)
        guard text.utf8.count <= longest, let bytes = Data(base64Encoded: padded),
            let place = try? JSON.decode(Place.self, from: Array(bytes))  // whatever is wrong with it, it is not ours
        else {
            throw Problem(
                .notFound, "the list has no such place",
                faults: [.init(.parameter("cursor", in: .query), "take it from `next_cursor` as it is")])
        }
        return place
    }
}
