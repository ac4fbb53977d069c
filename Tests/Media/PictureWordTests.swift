// MediaTests · tests · sees Contracts, Picture
import Contracts
import Picture
import Testing

@Suite("Words of a shot")
struct PictureWordTests {
    private func degradations(_ shot: ShotDSL) throws -> [Degradation] {
        try PictureCast.tableau(shot).degradations
    }

    @Test("our own words are drawn without a note")
    func ownWords() throws {
        for place in PlaceKind.allCases {
            #expect(try degradations(PictureCast.shot(place.rawValue)).isEmpty, "\(place)")
        }
        for prop in PropKind.allCases {
            #expect(try degradations(PictureCast.shot(props: [.init(kind: prop.rawValue)])).isEmpty, "\(prop)")
        }
        for pose in PoseName.allCases {
            let cast = [ShotDSL.Actor(entityID: PictureCast.mira, pose: pose.rawValue)]
            #expect(try degradations(PictureCast.shot(cast: cast)).isEmpty, "\(pose)")
        }
        for face in Expression.allCases {
            let cast = [ShotDSL.Actor(entityID: PictureCast.mira, expression: face.rawValue)]
            #expect(try degradations(PictureCast.shot(cast: cast)).isEmpty, "\(face)")
        }
    }

    @Test("every thing of the vocabulary draws something", arguments: PropKind.allCases)
    func everyPropDraws(kind: PropKind) throws {
        let tableau = try PictureCast.tableau(PictureCast.shot("limbo", props: [.init(id: "p", kind: kind.rawValue)]))
        let canvas = recorded(tableau, at: 0.5)
        let box = try #require(canvas.box(of: .prop("p")), "\(kind)")
        #expect(box.width > 4 && box.height > 4)
    }

    @Test(
        "what a story sees far off stands there",
        arguments: ["lighthouse", "windmill", "castle", "church", "house", "river"])
    func landmarks(word: String) throws {
        for place in ["field", "hill", "village", "mountains", "garden"] {
            var shot = PictureCast.shot(place)
            let plain = recorded(try PictureCast.tableau(shot), at: 0).shapes.count
            shot.setting.features = [word]
            #expect(recorded(try PictureCast.tableau(shot), at: 0).shapes.count > plain, "\(place)")
        }
    }

    @Test("another word for a place is that place, with a mild note")
    func aliases() throws {
        for (word, place) in [("pub", PlaceKind.room), ("船", .sea), ("harbor", .harbour), ("old town", .street)] {
            let tableau = try PictureCast.tableau(PictureCast.shot(word))
            #expect(tableau.place == place, "\(word)")
            #expect(tableau.degradations.first?.severity == .info, "\(word)")
        }
    }

    @Test("compounds are known by their last noun, in English and in Chinese")
    func headNouns() throws {
        let market = try PictureCast.tableau(PictureCast.shot("fish market"))
        #expect(market.place == .street)
        #expect(market.degradations.map(\.rule) == [.headNoun])
        let chinese = try PictureCast.tableau(PictureCast.shot("鱼市场"))
        #expect(chinese.place == .street)
        let boat = try PictureCast.tableau(PictureCast.shot(props: [.init(kind: "旧渔船")]))
        #expect(boat.props.first?.kind == .boat)
        let home = try PictureCast.tableau(PictureCast.shot("house of stone"))
        #expect(home.place == .room)
    }

    @Test("a thing nobody knows is a crate with its word on it, and a warning")
    func crate() throws {
        let tableau = try PictureCast.tableau(PictureCast.shot(props: [.init(id: "s", kind: "samovar")]))
        let canvas = recorded(tableau, at: 0)
        #expect(canvas.words.contains("samovar"))
        let note = try #require(tableau.degradations.first)
        #expect(note.path == "$.props[0].kind")
        #expect(note.word == "samovar")
        #expect(note.used == "crate")
        #expect(note.severity == .warn)
    }

    @Test("a place nobody knows is named on the picture")
    func placeCard() throws {
        let tableau = try PictureCast.tableau(PictureCast.shot("zorbelplex"))
        #expect(tableau.place == .field)
        #expect(tableau.hasWords)
        let canvas = PictureRecorder()
        tableau.drawWords(with: Painter(canvas, pack: tableau.pack, light: tableau.light))
        #expect(canvas.words == ["zorbelplex"])
    }

    @Test("looking at somebody who is not there is noted, and the partner is looked at")
    func danglingGaze() throws {
        let cast = [
            ShotDSL.Actor(entityID: PictureCast.mira, gaze: "CHAR_0099"), .init(entityID: PictureCast.tobias),
        ]
        let notes = try degradations(PictureCast.shot(cast: cast))
        #expect(notes.map(\.rule) == [.dangling])
    }

    @Test("somebody without a profile is drawn all the same, and always alike")
    func withoutProfile() throws {
        let stranger = CharacterID(ordinal: 77)
        let shot = PictureCast.shot(cast: [.init(entityID: stranger)])
        let first = try PictureCast.tableau(shot)
        #expect(first.degradations.map(\.rule) == [.noProfile])
        #expect(try PictureCast.tableau(shot).performers[0].look == first.performers[0].look)
    }

    @Test("a shot without a length is refused by name")
    func refusals() throws {
        #expect(throws: TableauFailure.duration(0)) { try PictureCast.tableau(PictureCast.shot(milliseconds: 0)) }
        var still = PictureCast.shot()
        still.timing.fps = 0
        #expect(throws: TableauFailure.framesPerSecond(0)) { try PictureCast.tableau(still) }
    }

    @Test("the mouth closes for every m, b and p, however short")
    func closures() throws {
        var shot = PictureCast.shot(cast: [.init(entityID: PictureCast.mira)])
        let mouths = (0..<20).map { index in
            Mouth(
                startMS: index * 80, endMS: index * 80 + (index.isMultiple(of: 2) ? 60 : 80),
                shape: index.isMultiple(of: 2) ? .open : .mbp)
        }
        // Each closing lasts 20 ms, half of a frame.
        let short = mouths.map { $0.shape == .mbp ? Mouth(startMS: $0.startMS + 60, endMS: $0.endMS, shape: .mbp) : $0 }
        shot.lines = [
            .init(
                lineID: LineID(ordinal: 1), speaker: PictureCast.mira, startMS: 100, endMS: 1800, visemes: short)
        ]
        let tableau = try PictureCast.tableau(shot)
        let performer = tableau.performers[0]
        let shut = (0..<tableau.frames).filter {
            performer.mouth(at: tableau.time(of: $0), frame: 1.0 / 24) == .of(.mbp)
        }
        #expect(shut.count >= 10)
    }
}
