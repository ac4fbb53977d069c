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

    @Test("every word we draw is a promise of the contract, and every promise is drawn as something near")
    func promises() throws {
        func hold(_ list: WordList, _ drawn: [String], without notYet: Set<String> = [], _ shot: (String) -> ShotDSL)
            throws
        {
            for word in drawn { #expect(list.contains(word), "\(list.name): \(word) is no promise") }
            for word in list.words {
                let rules = try degradations(shot(word)).map(\.rule)
                #expect(rules.allSatisfy { $0 == .alias } != notYet.contains(word), "\(list.name): \(word) \(rules)")
            }
        }
        func light(_ part: WritableKeyPath<ShotDSL.Light, String>, _ word: String) -> ShotDSL {
            var shot = PictureCast.shot()
            shot.light[keyPath: part] = word
            return shot
        }
        func acting(_ part: WritableKeyPath<ShotDSL.Actor, String>, _ word: String) -> ShotDSL {
            var actor = ShotDSL.Actor(entityID: PictureCast.mira)
            actor[keyPath: part] = word
            return PictureCast.shot(cast: [actor])
        }
        try hold(ShotWords.settings, PlaceKind.allCases.map(\.rawValue)) { PictureCast.shot($0) }
        try hold(ShotWords.props, PropKind.allCases.map(\.rawValue)) { PictureCast.shot(props: [.init(kind: $0)]) }
        try hold(ShotWords.times, Hour.allCases.map(\.rawValue)) { light(\.time, $0) }
        try hold(ShotWords.weather, Sky.allCases.map(\.rawValue)) { light(\.weather, $0) }
        try hold(ShotWords.moods, Mood.allCases.map(\.rawValue)) { light(\.mood, $0) }
        try hold(ShotWords.poses, PoseName.allCases.map(\.rawValue)) { acting(\.pose, $0) }
        try hold(ShotWords.expressions, Expression.allCases.map(\.rawValue)) { acting(\.expression, $0) }
        try hold(ShotWords.framings, ShotSize.allCases.map(\.rawValue)) {
            PictureCast.shot("field", .init(framing: $0), cast: [.init(entityID: PictureCast.mira)])
        }
        try hold(ShotWords.movements, CameraMove.allCases.map(\.rawValue)) {
            PictureCast.shot("field", .init(framing: "wide", movement: $0))
        }
    }

    @Test("the wardrobe's words are promises, and what is not drawn yet is said")
    func wardrobe() throws {
        func rules(_ change: (inout Profile) -> Void) throws -> [Degradation.Rule] {
            var profile = PictureCast.profiles[0]
            change(&profile)
            let shot = PictureCast.shot(cast: [.init(entityID: PictureCast.mira)])
            return try Tableau(shot, profiles: [profile]).degradations.map(\.rule)
        }
        for word in ShotWords.garments.words {
            #expect(try rules { $0.garment = word }.allSatisfy { $0 == .alias }, "\(word)")
        }
        for word in ShotWords.hair.words { #expect(try rules { $0.hair = word }.isEmpty, "\(word)") }
        for word in Garment.allCases.map(\.rawValue) { #expect(ShotWords.garments.contains(word), "\(word)") }
        for word in Hair.allCases.map(\.rawValue) { #expect(ShotWords.hair.contains(word), "\(word)") }
        for word in Extra.allCases.map(\.rawValue) { #expect(ShotWords.extras.contains(word), "\(word)") }
        let bare = try ShotWords.extras.words.filter { word in try rules { $0.extras = [word] }.contains(.generic) }
        #expect(bare.sorted() == ["bag", "bandage", "cane", "earrings", "eyepatch", "wings"])
    }

    @Test("each step of the ladder is taken, in its order")
    func ladder() throws {
        let steps: [(word: String, used: String, rule: Degradation.Rule)] = [
            ("渔船", "boat", .alias), ("rowing boat", "boat", .headNoun), ("旧灯笼", "lantern", .headNoun),
            ("goblet", "bowl", .category), ("silver goblets", "bowl", .category), ("falcon", "bird", .category),
            ("lanterm", "lantern", .neighbour), ("umbrela", "umbrella", .neighbour), ("samovar", "crate", .generic),
            ("", "crate", .generic), ("💥", "crate", .generic),
        ]
        for step in steps {
            let notes = try degradations(PictureCast.shot(props: [.init(kind: step.word)]))
            #expect(notes.map(\.used) == [step.used], "\(step.word)")
            #expect(notes.map(\.rule) == [step.rule], "\(step.word)")
            #expect(notes.map(\.severity) == [[.neighbour, .generic].contains(step.rule) ? .warn : .info])
        }
    }

    @Test("an unknown verb is played as one of its class, an unknown feeling as one as pleasant and as stirred")
    func classes() throws {
        for (pose, played) in [
            ("punching", "point"), ("wanders", "walk"), ("whisper", "talk"), ("collapsed", "lie"), ("zorbel", "stand"),
        ] {
            let cast = [ShotDSL.Actor(entityID: PictureCast.mira, pose: pose)]
            #expect(try degradations(PictureCast.shot(cast: cast)).map(\.used) == [played], "\(pose)")
        }
        for (face, shown) in [
            ("elated", "happy"), ("content", "tender"), ("panicked", "afraid"), ("enraged", "angry"), ("gloomy", "sad"),
            ("zorbel", "neutral"),
        ] {
            let cast = [ShotDSL.Actor(entityID: PictureCast.mira, expression: face)]
            #expect(try degradations(PictureCast.shot(cast: cast)).map(\.used) == [shown], "\(face)")
        }
    }

    @Test("an unknown place is outdoors, unless it sounds like a house or the lexicon knows better")
    func places() throws {
        for (word, place) in [
            ("zorbelplex", PlaceKind.field), ("zorbelroom", .room), ("幽灵屋", .room), ("dungeon", .room),
            ("marsh", .field), ("volcano", .mountains), ("lagoon", .shore),
        ] {
            #expect(try PictureCast.tableau(PictureCast.shot(word)).place == place, "\(word)")
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

    @Test("the lens and the lines let go of who is not there, and say so")
    func lost() throws {
        var shot = PictureCast.shot(
            "field", .init(framing: "wide", focus: ["CHAR_0001", "nobody"]), cast: [.init(entityID: PictureCast.mira)])
        shot.lines = [.init(lineID: LineID(ordinal: 1), speaker: PictureCast.tobias, startMS: 0, endMS: 900)]
        #expect(try degradations(shot).map(\.path) == ["$.camera.focus[1]", "$.lines[0].speaker"])
        #expect(try degradations(shot).allSatisfy { $0.rule == .dangling && $0.severity == .warn })
    }

    @Test("a crowd is one group behind the people, of as many as were asked for")
    func crowd() throws {
        var shot = PictureCast.shot(cast: [.init(entityID: PictureCast.mira)])
        let alone = recorded(try PictureCast.tableau(shot), at: 0)
        func with(_ kind: String, _ count: Int) throws -> PictureRecorder {
            shot.crowd = .init(kind: kind, count: count)
            return recorded(try PictureCast.tableau(shot), at: 0)
        }
        let few = try with("villagers", 3).shapes.count - alone.shapes.count
        let many = try with("villagers", 9).shapes.count - alone.shapes.count
        #expect(few > 0 && many == 3 * few)
        for kind in ShotWords.crowds.words {
            #expect(try with(kind, 4).shapes.count > alone.shapes.count, "\(kind)")
            #expect(try degradations(shot).isEmpty, "\(kind)")
        }
        _ = try with("zorbels", 4)
        #expect(try degradations(shot).map(\.used) == ["passers"])
        let layers = try PictureCast.tableau(shot).layers.map(\.name)
        let (crowd, person) = (layers.firstIndex(of: "crowd"), layers.firstIndex(of: "person 0"))
        #expect(try #require(crowd) < #require(person))
    }

    @Test("a scene's costume is worn over the profile, but never over what the story states")
    func costume() throws {
        let costume = ShotDSL.Wears(garment: "robe", main: "#112233", extras: ["crown"])
        let shot = PictureCast.shot(cast: [.init(entityID: PictureCast.mira, wears: costume)])
        let dressed = try PictureCast.tableau(shot).performers[0].look
        #expect(dressed.garment == .robe && dressed.extras == [.crown])
        var stated = PictureCast.profiles[0]
        stated.locked = ["garment"]
        #expect(stated.wearing(costume).garment == "coat" && stated.wearing(costume).main == "#112233")
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
