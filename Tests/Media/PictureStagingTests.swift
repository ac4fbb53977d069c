// MediaTests · tests · sees Contracts, Picture
import Contracts
import Picture
import Testing

@Suite("Staging")
struct PictureStagingTests {
    private let safe = Box(x: 64, y: 20, width: 1152, height: 664)

    private func pair(_ framing: String) throws -> Tableau {
        try PictureCast.tableau(
            PictureCast.shot(
                "field", .init(framing: framing),
                cast: [.init(entityID: PictureCast.mira), .init(entityID: PictureCast.tobias)]))
    }

    @Test("heads stay inside the action-safe frame", arguments: ["wide", "medium", "establishing"])
    func headsAreSafe(framing: String) throws {
        for count in 1...4 {
            let cast = PictureCast.everybody.prefix(count).map { ShotDSL.Actor(entityID: $0) }
            let tableau = try PictureCast.tableau(PictureCast.shot("field", .init(framing: framing), cast: cast))
            let canvas = recorded(tableau, at: 0.5)
            for person in cast {
                let head = try #require(canvas.box(of: .head(person.entityID)))
                #expect(safe.union(head) == safe, "\(framing) with \(count): \(head)")
            }
        }
    }

    @Test("a close-up shows one head at half of the frame's height, with the eyes in the upper half")
    func closeUp() throws {
        let tableau = try PictureCast.tableau(
            PictureCast.shot("field", .init(framing: "close_up"), cast: [.init(entityID: PictureCast.mira)]))
        let canvas = recorded(tableau, at: 0.5)
        let head = try #require(canvas.box(of: .head(PictureCast.mira)))
        let eyes = try #require(canvas.box(of: .eyes(PictureCast.mira)))
        #expect((0.45...0.75).contains(head.height / 720))
        #expect((200.0...400).contains(eyes.middle.y))
    }

    @Test("in a wide picture a grown person is a third to half of the frame high, and stands on the ground")
    func wideSize() throws {
        let tableau = try pair("wide")
        let canvas = recorded(tableau, at: 0.5)
        for person in [PictureCast.mira, PictureCast.tobias] {
            let body = try #require(canvas.box(of: .person(person)))
            let feet = try #require(canvas.box(of: .foot(person)))
            #expect((0.34...0.56).contains(body.height / 720), "\(body.height)")
            let view = tableau.lens(at: 0.5).view(parallax: 1)
            let ground = 360 + (640 - view.y) * view.zoom
            #expect(abs(feet.maxY - ground) < 6)
            #expect(feet.maxY < 720 * 0.88, "feet are clear of the captions")
        }
    }

    @Test("no face covers another, however close people are put")
    func facesAreApart() throws {
        for count in 2...8 {
            let cast = PictureCast.everybody.prefix(count).map { ShotDSL.Actor(entityID: $0, x: 0.5) }
            let tableau = try PictureCast.tableau(PictureCast.shot(cast: cast))
            let places = tableau.performers.indices.map { tableau.headPlace($0, 0.3) }
            let radii = tableau.performers.map { $0.figure.headRadius }
            for left in places.indices {
                for right in places.indices where right > left {
                    let apart = (places[left] - places[right]).length
                    #expect(apart > (radii[left] + radii[right]) * 0.9, "\(count): \(left) and \(right)")
                }
            }
        }
    }

    @Test("people who are put together face each other, and the axis decides who is left")
    func axis() throws {
        var shot = PictureCast.shot(cast: [.init(entityID: PictureCast.mira), .init(entityID: PictureCast.tobias)])
        shot.axis = .init(left: PictureCast.tobias, right: PictureCast.mira)
        let tableau = try PictureCast.tableau(shot)
        let mira = tableau.performers[0]
        let tobias = tableau.performers[1]
        #expect(tobias.x(at: 0) < mira.x(at: 0))
        #expect(tobias.side(at: 0) == 1)
        #expect(mira.side(at: 0) == -1)
    }

    @Test("somebody alone looks into the room that the frame leaves them")
    func leadRoom() throws {
        for (facing, isLeft) in [("right", true), ("left", false)] {
            let cast = [ShotDSL.Actor(entityID: PictureCast.mira, facing: facing)]
            let tableau = try PictureCast.tableau(PictureCast.shot("field", .init(framing: "medium"), cast: cast))
            let head = try #require(recorded(tableau, at: 0.2).box(of: .head(PictureCast.mira)))
            #expect((head.middle.x < 640) == isLeft)
        }
    }

    @Test("people without a place for them stand where they were put")
    func givenPlaces() throws {
        let cast = [ShotDSL.Actor(entityID: PictureCast.mira, x: 0.25), .init(entityID: PictureCast.jun, x: 0.7)]
        let tableau = try PictureCast.tableau(PictureCast.shot(cast: cast))
        #expect(abs(tableau.performers[0].x(at: 0) - 320) < 1)
        #expect(abs(tableau.performers[1].x(at: 0) - 896) < 1)
    }

    @Test("a walker's standing foot stays where it stands")
    func feetDoNotSlide() throws {
        let beats = [ShotDSL.Beat(atMS: 0, toX: 0.7)]
        let cast = [ShotDSL.Actor(entityID: PictureCast.mira, x: 0.3, pose: "walk", beats: beats)]
        let tableau = try PictureCast.tableau(PictureCast.shot(cast: cast, milliseconds: 3000))
        let performer = tableau.performers[0]
        var before: (near: Point, far: Point)?
        for frame in 4..<(tableau.frames - 4) {
            let time = tableau.time(of: frame)
            let acting = tableau.acting(of: 0, at: time, mouthTime: time)
            let rig = Portrait.rig(performer.look, performer.figure, acting)
            let x = performer.x(at: time)
            let now = (near: rig.nearLeg.end + Point(x, 0), far: rig.farLeg.end + Point(x, 0))
            if let before {
                let steps: [(Point, Point)] = [(before.near, now.near), (before.far, now.far)]
                let stands = steps.filter { abs($0.0.y - $0.1.y) < 0.01 }
                #expect(stands.allSatisfy { abs($0.0.x - $0.1.x) < 1 }, "frame \(frame)")
            }
            before = now
        }
    }

    @Test("a grown person looks down at a child, and the child looks up")
    func eyelines() throws {
        let cast = [
            ShotDSL.Actor(entityID: PictureCast.tobias, gaze: PictureCast.jun.rawValue),
            .init(entityID: PictureCast.jun, gaze: PictureCast.tobias.rawValue),
        ]
        let tableau = try PictureCast.tableau(PictureCast.shot(cast: cast))
        let tobias = tableau.acting(of: 0, at: 0.5, mouthTime: 0.5).gaze
        let jun = tableau.acting(of: 1, at: 0.5, mouthTime: 0.5).gaze
        #expect(tobias.x > 0.4 && jun.x > 0.4, "both look forward, at each other")
        #expect(tobias.y > 0.1)
        #expect(jun.y < -0.1)
    }

    @Test("who sits gets something to sit on")
    func seats() throws {
        for place in ["room", "field", "harbour"] {
            let cast = [ShotDSL.Actor(entityID: PictureCast.mira, pose: "sit")]
            let tableau = try PictureCast.tableau(PictureCast.shot(place, cast: cast))
            #expect(tableau.props.count == 1)
        }
    }

    @Test("the lens never shows what is not painted")
    func nothingUnpainted() throws {
        for movement in ["static", "pan_left", "pan_right", "tilt_up", "tilt_down", "push_in", "pull_out", "tracking"] {
            for framing in ["establishing", "wide", "medium", "close_up", "insert"] {
                let cast = [ShotDSL.Actor(entityID: PictureCast.mira, x: 0.04, pose: "run")]
                let tableau = try PictureCast.tableau(
                    PictureCast.shot("field", .init(framing: framing, movement: movement), cast: cast))
                for frame in stride(from: 0, to: tableau.frames, by: 6) {
                    let lens = tableau.lens(at: tableau.time(of: frame))
                    let seen = Box(
                        x: lens.x - 640 / lens.zoom, y: lens.y - 360 / lens.zoom, width: 1280 / lens.zoom,
                        height: 720 / lens.zoom)
                    #expect(Box.everything.union(seen) == Box.everything, "\(framing) \(movement)")
                }
            }
        }
    }
}
