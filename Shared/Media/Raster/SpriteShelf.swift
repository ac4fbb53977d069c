// Raster · pixels · sees Contracts, Policies, Picture
import Picture

/// Pictures of the people: drawn on twos with the pose, the light and the camera of their even frame, laid down on ones.
final class SpriteShelf {
    struct Sprite {
        var sheet: Sheet
        /// Of the feet on the sheet.
        var foot: (x: Int, y: Int)
        var key: Key
    }

    /// What a sprite shows. Equal keys are equal pixels.
    struct Key: Hashable {
        var person: Int
        var frame: Int
        var mouth: MouthShape
    }

    private let tableau: Tableau
    private let kit: DrawingKit
    private let screen: Screen
    private var sprites: [Int: Sprite] = [:]

    init(_ tableau: Tableau, _ kit: DrawingKit, _ screen: Screen) {
        self.tableau = tableau
        self.kit = kit
        self.screen = screen
    }

    func key(_ person: Int, frame: Int) -> Key {
        let performer = tableau.performers[person]
        let time = tableau.time(of: frame)
        // Who walks is drawn on ones, or the standing foot would slip for a frame.
        let step = performer.isWalking(at: time) ? 1 : tableau.pack.actingStep
        let held = frame - frame % max(1, step)
        let mouth = performer.mouth(at: time, frame: 1 / Double(tableau.fps))
        return Key(person: person, frame: held, mouth: mouth)
    }

    /// The sprite for a key; nil when nothing of the person is in the frame.
    func sprite(_ key: Key) throws(RasterFailure) -> Sprite? {
        if let known = sprites[key.person], known.key == key { return known }
        guard let made = try draw(key, reusing: sprites[key.person]?.sheet) else { return nil }
        sprites[key.person] = made
        return made
    }

    private func draw(_ key: Key, reusing old: Sheet?) throws(RasterFailure) -> Sprite? {
        let time = tableau.time(of: key.frame)
        let performer = tableau.performers[key.person]
        let view = tableau.lens(at: time).view(parallax: 1)
        let scale = view.zoom * screen.scale
        let foot = screen.transform(view).apply(Point(performer.x(at: time), performer.y))
        var acting = tableau.acting(of: key.person, at: time, mouthTime: time)
        acting.mouth = key.mouth
        let reach = tableau.reach(of: acting, key.person)
        let size = performer.figure.height * scale
        // Only what can come into the frame, with a margin for the way of one frame.
        let left = max(-40, foot.x - reach.x * size).rounded(.down)
        let top = max(-20, foot.y - reach.y * size).rounded(.down)
        let right = min(Double(screen.width) + 40, foot.x + reach.x * size)
        let bottom = min(Double(screen.height) + 20, foot.y + 0.10 * size)
        guard right > left + 1, bottom > top + 1 else { return nil }
        let sheet = try blank(Int(right - left) + 1, Int(bottom - top) + 1, reusing: old)
        let canvas = try CairoCanvas(sheet, kit, baking: false)
        let at = (x: Int(foot.x.rounded() - left), y: Int(foot.y.rounded() - top))
        let light = tableau.light(on: key.person, at: time)
        let painter = Painter(canvas, pack: tableau.pack, light: light, scale: scale)
        let place = Transform.moved(Double(at.x), Double(at.y)).after(.scaled(scale, scale))
        canvas.through(place) { tableau.draw(acting, of: key.person, at: time, with: painter) }
        try canvas.check("person \(performer.look.id)")
        return Sprite(sheet: sheet, foot: at, key: key)
    }

    /// An empty sheet at least this large; the old one when it fits.
    private func blank(_ width: Int, _ height: Int, reusing old: Sheet?) throws(RasterFailure) -> Sheet {
        if let old, old.width >= width, old.height >= height, old.width < width + 160, old.height < height + 160 {
            old.clear()
            return old
        }
        return try Sheet(width + 24, height + 24, for: "a person")
    }
}
