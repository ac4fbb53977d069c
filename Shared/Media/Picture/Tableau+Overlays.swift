// Picture · pure · sees Contracts, Policies
import Contracts
import Foundation

/// What lies over the people: shadows at their feet, rain and snow before the lens, words.
extension Tableau {
    /// Keeps everybody on the ground.
    package func drawShadow(of person: Int, at time: Double, foot: Point, with painter: Painter) {
        let performer = performers[person]
        let acting = performer.acting(at: time)
        let isLow = acting.pose.pelvis.y > 0.6
        let width = performer.figure.height * (acting.pose.lying > 0.5 ? 0.46 : 0.17 * (isLow ? 1.7 : 1))
        let slide = isIndoors ? 0 : -light.side * width * 0.45
        let lean = acting.pose.lying > 0.5 ? 0 : acting.pose.pelvis.x * performer.figure.leg
        let shape = Path.ellipse(Point(foot.x + slide + lean, foot.y - 1), width, width * 0.15)
        painter.canvas.fill(shape, .flat(Colour(0x120e22, 0.24)))
    }

    /// How far a body may reach from its feet, in its own heights.
    package func reach(of acting: Acting, _ person: Int) -> Point {
        if acting.pose.lying > 0.01 { return Point(1.2, 1.3) }
        return Point(acting.held == nil ? 0.66 : 0.9, acting.held == nil ? 1.22 : 1.6)
    }

    /// The light on a person: lamps near them are suns.
    package func light(on person: Int, at time: Double) -> Light {
        var base = actionLight.forPeople
        // Between the face and the lens people are dark, so that the eye goes past them.
        if performers[person].isShadow { base.ambient = base.ambient.times(Colour(0.42, 0.42, 0.5)) }
        guard !isIndoors, light.darkness > 0.4 else { return base }
        let x = performers[person].x(at: time)
        guard let near = lampPlaces(at: time).map({ abs($0 - x) }).min() else { return base }
        return base.near(lamp: 0.9 * exp(-near * near / 52000))
    }

    private func lampPlaces(at time: Double) -> [Double] {
        var places = place.lamps
        for prop in props where prop.kind.isLamp && prop.isLit { places.append(prop.at.x) }
        for performer in performers where performer.held?.isLamp == true { places.append(performer.x(at: time)) }
        return places
    }

    // MARK: weather

    private var falling: Falling { Falling(weather: weather, light: light, seed: dsl.seed, view: view) }

    package var hasFalling: Bool { !isIndoors && falling.isAny }
    package func drawFalling(at time: Double, with painter: Painter) { falling.draw(painter, at: time) }

    /// The light of a lamp in somebody's hand, which lies under the person.
    package func drawHeldGlow(of person: Int, at time: Double, foot: Point, with painter: Painter) {
        let performer = performers[person]
        guard performer.held?.isLamp == true, light.wantsLamps else { return }
        let acting = performer.acting(at: time)
        let rig = Portrait.rig(performer.look, performer.figure, acting)
        let hand = acting.holdsHigh ? rig.farArm.end : rig.nearArm.end
        let height = performer.figure.height
        let at = foot + Point(performer.side(at: time) * hand.x, hand.y + height * 0.08)
        painter.glow(at, height * 0.62, Colour(0xffc065), 0.46)
    }

    // MARK: words

    package var hasWords: Bool { !words.title.isEmpty || !words.placeCard.isEmpty }

    package func wordsAlpha(at time: Double) -> Double {
        let last = words.title.isEmpty ? min(seconds, 2.4) : seconds
        return min(Ease.smooth((time - 0.25) / 0.5), Ease.smooth((last - time) / 0.4))
    }

    /// Words keep inside the title-safe middle of the frame, drawn in units from its left top corner.
    package func drawWords(with painter: Painter) {
        let wide = view.width * 0.8
        let left = view.width * 0.1
        let ink = Colour(0xfff6e4)
        let halo = Colour(0x1a1430, 0.42)
        painter.canvas.part(.card) {
            if !words.title.isEmpty {
                let size = min(64, wide / 11)
                let title = Lettering(words.title, size: size, weight: .bold, width: wide, colour: ink, halo: halo)
                let high = painter.canvas.write(title, at: Point(left, view.height * 0.13))
                guard !words.credit.isEmpty else { return }
                let credit = Lettering(words.credit, size: size * 0.42, width: wide, colour: ink, halo: halo)
                painter.canvas.write(credit, at: Point(left, view.height * 0.13 + high + 14))
            } else {
                let card = Lettering(
                    words.placeCard, size: min(34, wide / 18), weight: .bold, width: wide, colour: ink, halo: halo)
                painter.canvas.write(card, at: Point(left, view.height * 0.11))
            }
        }
    }
}
