package dev.belay.versys.picture;

/// A drawing as one HTML page without anything from elsewhere: wheel zooms, dragging pans, and
/// typing finds a release.
public final class HtmlPicture {
    private static final String PAGE =
            """
            <!doctype html>
            <html lang="en">
            <meta charset="utf-8">
            <meta name="viewport" content="width=device-width">
            <title>TITLE</title>
            <style>
              html,body{margin:0;height:100%;font:14px sans-serif}
              header{padding:8px 12px;border-bottom:1px solid #ddd}
              #view{height:calc(100% - 46px);overflow:hidden;cursor:grab}
              #view svg{transform-origin:0 0}
              .found circle,.found rect{stroke:#e0218a;stroke-width:3}
              @media (prefers-color-scheme:dark){html{background:#16181d;color:#e6e6e6} header{border-color:#444}}
            </style>
            <header><strong>TITLE</strong>
              <label>find <input id="find" placeholder="version"></label>
              wheel zooms, drag moves; rest on something for its words
            </header>
            <div id="view">SVG</div>
            <script>
              const view = document.getElementById('view'), svg = view.firstElementChild;
              let x = 0, y = 0, zoom = 1, drag = null;
              const draw = () => svg.style.transform = `translate(${x}px,${y}px) scale(${zoom})`;
              view.addEventListener('wheel', event => {
                event.preventDefault();
                const box = view.getBoundingClientRect();
                const mx = event.clientX - box.left, my = event.clientY - box.top;
                const next = Math.min(8, Math.max(0.05, zoom * Math.exp(-event.deltaY / 400)));
                x = mx - (mx - x) * next / zoom; y = my - (my - y) * next / zoom; zoom = next; draw();
              }, {passive: false});
              view.addEventListener('pointerdown', event => drag = [event.clientX - x, event.clientY - y]);
              window.addEventListener('pointerup', () => drag = null);
              window.addEventListener('pointermove', event => {
                if (drag) { x = event.clientX - drag[0]; y = event.clientY - drag[1]; draw(); }
              });
              document.getElementById('find').addEventListener('input', event => {
                document.querySelectorAll('.found').forEach(each => each.classList.remove('found'));
                const found = document.querySelector('[data-versions~="' + CSS.escape(event.target.value.trim()) + '"]');
                if (found) {
                  found.classList.add('found');
                  const box = found.getBBox();
                  x = view.clientWidth / 2 - box.x * zoom; y = view.clientHeight / 2 - box.y * zoom; draw();
                }
              });
            </script>
            </html>
            """;

    private HtmlPicture() {}

    /// The page.
    public static String of(ChannelDrawing drawing) {
        return PAGE.replace("TITLE", Markup.text(drawing.title()))
                .replace("SVG", SvgPicture.of(drawing));
    }
}
