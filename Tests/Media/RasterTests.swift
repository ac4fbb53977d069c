// MediaTests · tests · sees Contracts, Picture, Raster
import Contracts
import Foundation
import Picture
import Raster
import Testing

/// The bytes of frames.
private func bytes(of renderer: ShotRenderer, _ frame: Int) throws -> [UInt8] {
    var made = [UInt8](repeating: 0, count: renderer.width * renderer.height * 3 / 2)
    try made.withUnsafeMutableBytes { try renderer.draw(frame: frame, into: $0) }
    return made
}

@Suite("Frames")
struct RasterTests {
    /// A shot with everything that could make a frame depend on the one before.
    private func lively(_ framing: String, _ movement: String, _ place: String) -> ShotDSL {
        var shot = PictureCast.shot(
            place, .init(framing: framing, movement: movement),
            cast: [
                .init(
                    entityID: PictureCast.mira, x: 0.3, pose: "walk", holding: "lantern",
                    beats: [.init(atMS: 0, toX: 0.5), .init(atMS: 900, pose: "point", expression: "surprised")]),
                .init(entityID: PictureCast.tobias, x: 0.7, pose: "talk"),
            ], props: [.init(id: "f", kind: "fire", x: 0.55)], milliseconds: 1500)
        shot.light.time = "dusk"
        shot.light.weather = "rain"
        shot.lines = [
            .init(
                lineID: LineID(ordinal: 1), speaker: PictureCast.tobias, startMS: 100, endMS: 1400,
                visemes: (0..<16).map { Mouth(startMS: $0 * 80, endMS: $0 * 80 + 80, shape: Viseme.allCases[$0 % 9]) })
        ]
        shot.text.title = "A Title"
        return shot
    }

    @Test(
        "a frame drawn alone has the bytes it has in the sequence",
        arguments: [
            ("wide", "push_in", "street"), ("medium", "static", "room"), ("close_up", "push_in", "harbour"),
            ("wide", "tracking", "sea"),
        ])
    func aloneAsInSequence(framing: String, movement: String, place: String) throws {
        let shot = lively(framing, movement, place)
        let sequence = try ShotRenderer(shot, profiles: PictureCast.profiles, width: 320, height: 180)
        let all = try (0..<sequence.frames).map { try bytes(of: sequence, $0) }
        for frame in [0, 7, 17, 18, 35] {
            let alone = try ShotRenderer(shot, profiles: PictureCast.profiles, width: 320, height: 180)
            #expect(try bytes(of: alone, frame) == all[frame], "frame \(frame)")
        }
        for frame in [30, 3, 22, 21] { #expect(try bytes(of: sequence, frame) == all[frame], "again \(frame)") }
    }

    @Test("the same seed gives the same bytes, another seed others")
    func seeds() throws {
        let shot = lively("wide", "pan_right", "field")
        let first = try ShotRenderer(shot, profiles: PictureCast.profiles, width: 320, height: 180)
        let second = try ShotRenderer(shot, profiles: PictureCast.profiles, width: 320, height: 180)
        #expect(try bytes(of: first, 20) == bytes(of: second, 20))
        var other = shot
        other.seed = 12
        let third = try ShotRenderer(other, profiles: PictureCast.profiles, width: 320, height: 180)
        #expect(try bytes(of: first, 20) != bytes(of: third, 20))
    }

    @Test(
        "the number of frames is the length times the rate, rounded once",
        arguments: [(1000, 24), (1020, 24), (333, 25)])
    func frameCount(milliseconds: Int, fps: Int) throws {
        var shot = PictureCast.shot("limbo", milliseconds: milliseconds)
        shot.timing.fps = fps
        let renderer = try ShotRenderer(shot, profiles: [], width: 64, height: 36)
        #expect(renderer.frames == Int((Double(milliseconds * fps) / 1000).rounded()))
    }

    @Test("odd sizes, missing frames and short buffers are refused by name")
    func refusals() throws {
        let shot = PictureCast.shot("limbo")
        #expect(throws: RasterFailure.self) {
            try ShotRenderer(shot, profiles: [], width: 321, height: 180)
        }
        let renderer = try ShotRenderer(shot, profiles: [], width: 64, height: 36)
        #expect(throws: RasterFailure.self) { try bytes(of: renderer, renderer.frames) }
        var short = [UInt8](repeating: 0, count: 100)
        #expect(throws: RasterFailure.self) {
            try short.withUnsafeMutableBytes { try renderer.draw(frame: 0, into: $0) }
        }
    }

    @Test(
        "films of every shape are filled to their corners", arguments: [(320, 180), (180, 320), (256, 256), (426, 240)])
    func shapes(width: Int, height: Int) throws {
        let renderer = try ShotRenderer(
            lively("wide", "pan_left", "village"), profiles: PictureCast.profiles, width: width, height: height)
        let frame = try bytes(of: renderer, 10)
        // Limited-range luma is never below 16, and an unpainted corner would be exactly that.
        for corner in [0, width - 1, width * (height - 1), width * height - 1] { #expect(frame[corner] > 17) }
    }

    @Test("something moves in every second of every place", arguments: PlaceKind.allCases)
    func everythingMoves(place: PlaceKind) throws {
        let shot = PictureCast.shot(
            place.rawValue, cast: [.init(entityID: PictureCast.mira), .init(entityID: PictureCast.tobias)],
            milliseconds: 2500)
        let renderer = try ShotRenderer(shot, profiles: PictureCast.profiles, width: 320, height: 180)
        for second in 0..<2 {
            let first = try bytes(of: renderer, second * 24)
            let moves = try [8, 16, 23].contains { try bytes(of: renderer, second * 24 + $0) != first }
            #expect(moves, "\(place) second \(second)")
        }
    }

    @Test("stills and contact sheets are PNG files")
    func files() throws {
        let folder = FileManager.default.temporaryDirectory.appendingPathComponent("raster-files")
        try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
        defer { try? FileManager.default.removeItem(at: folder) }  // what stays behind is the machine's to clean
        let still = folder.appendingPathComponent("still.png").path
        let sheet = folder.appendingPathComponent("sheet.png").path
        let renderer = try ShotRenderer(PictureCast.shot("limbo"), profiles: [], width: 320, height: 180)
        try renderer.png(frame: 3, to: still)
        try ContactSheet.write(
            pngs: [(still, "first"), (still, "第二")], columns: 2, cellWidth: 160, to: sheet)
        for file in [still, sheet] {
            let data = try #require(FileManager.default.contents(atPath: file))
            #expect(data.starts(with: [0x89, 0x50, 0x4E, 0x47]))
        }
        #expect(throws: RasterFailure.self) { try renderer.png(frame: 0, to: "/nowhere/at/all.png") }
    }

    @Test("what draws is named with its libraries")
    func lineage() {
        let lineage = Engine.lineage
        #expect(lineage["engine"] == "animatic")
        for key in ["engine_version", "cairo", "pango"] { #expect(lineage[key]?.isEmpty == false) }
    }
}
