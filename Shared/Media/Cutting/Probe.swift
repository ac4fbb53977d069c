// Cutting · pure · sees Contracts, Policies

/// What ffprobe says of a file.
package struct Probe: Decodable, Sendable {
    package struct Stream: Decodable, Sendable {
        package let codecType: String
        package let codecName: String?
        package let width: Int?
        package let height: Int?
        package let packets: String?
        package let duration: String?

        enum CodingKeys: String, CodingKey {
            case codecType = "codec_type"
            case codecName = "codec_name"
            case width
            case height
            case packets = "nb_read_packets"
            case duration
        }
    }

    package struct Format: Decodable, Sendable {
        package let duration: String?
    }

    package let streams: [Stream]
    package let format: Format

    package static func arguments(for path: String) -> [String] {
        ["-v", "error", "-count_packets", "-show_streams", "-show_format", "-of", "json", path]
    }

    package func stream(_ kind: String) -> Stream? { streams.first { $0.codecType == kind } }
    /// Coded pictures in the file.
    package var frames: Int? { stream("video")?.packets.flatMap { Int($0) } }
    package var seconds: Double? { format.duration.flatMap { Double($0) } }
}
