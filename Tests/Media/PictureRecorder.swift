// MediaTests · tests · sees Contracts, Picture
import Contracts
import Picture

/// A canvas that makes no pixels: it remembers what was drawn where, in units of the frame.
final class PictureRecorder: Canvas {
    struct Shape {
        var box: Box
        var colour: Colour
        var parts: [Part]
    }

    private(set) var shapes: [Shape] = []
    private(set) var words: [String] = []
    private var transforms: [Transform] = [Transform()]
    private var parts: [Part] = []

    private func note(_ path: Path, _ colour: Colour) {
        guard !path.isEmpty else { return }
        let transform = transforms[transforms.count - 1]
        shapes.append(Shape(box: path.mapped { transform.apply($0) }.box, colour: colour, parts: parts))
    }

    func fill(_ path: Path, _ paint: Paint) {
        switch paint {
        case .flat(let colour): note(path, colour)
        case .gradient(let gradient): note(path, gradient.stops.first?.colour ?? .black)
        }
    }

    func fillCrescent(of path: Path, slid slide: Point, _ colour: Colour) { note(path, colour) }
    func fill(_ path: Path, _ colour: Colour, inside mask: Path) { note(mask, colour) }
    func glow(_ middle: Point, radius: Double, _ colour: Colour) { note(.circle(middle, radius), colour) }

    func write(_ words: Lettering, at: Point) -> Double {
        self.words.append(words.text)
        note(.rectangle(at.x, at.y, words.width, words.size * 1.3), words.colour)
        return words.size * 1.3
    }

    func through(_ transform: Transform, _ body: () -> Void) {
        transforms.append(transforms[transforms.count - 1].after(transform))
        body()
        transforms.removeLast()
    }

    func part(_ part: Part, _ body: () -> Void) {
        parts.append(part)
        body()
        parts.removeLast()
    }

    /// The box of everything drawn as a part.
    func box(of part: Part) -> Box? {
        var made: Box?
        for shape in shapes where shape.parts.contains(part) {
            made = made.map { $0.union(shape.box) } ?? shape.box
        }
        return made
    }
}

/// A frame of a shot as shapes on a 1280 × 720 screen.
func recorded(_ tableau: Tableau, at time: Double) -> PictureRecorder {
    let canvas = PictureRecorder()
    let lens = tableau.lens(at: time)
    for layer in tableau.layers {
        let view = lens.view(parallax: layer.parallax, anchor: tableau.anchor)
        let painter = Painter(canvas, pack: tableau.pack, light: tableau.light, depth: layer.depth, scale: view.zoom)
        let place = Transform.moved(640, 360).after(.scaled(view.zoom, view.zoom)).after(.moved(-view.x, -view.y))
        canvas.part(.layer(layer.name)) {
            canvas.through(place) {
                layer.still?(painter)
                layer.live?(painter, time)
                guard let performer = layer.performer else { return }
                let acting = tableau.acting(of: performer, at: time, mouthTime: time)
                let foot = Point(tableau.performers[performer].x(at: time), tableau.performers[performer].y)
                canvas.through(.moved(foot.x, foot.y)) {
                    tableau.draw(acting, of: performer, at: time, with: painter)
                }
            }
        }
    }
    return canvas
}
