// What libraries draw without a name or out of a keyboard's reach gets both.
document.addEventListener("DOMContentLoaded", () => {
  const mend = () => {
    // jupyterquiz: a number field without a label, and feedback that a screen reader does not announce
    document.querySelectorAll(".Quiz .InpLabel + input:not([aria-label])").forEach((input) => {
      const question = input.closest(".Quiz").innerText.split("\n")[0];
      input.setAttribute("aria-label", `${question} (type a number and press Enter)`);
    });
    document.querySelectorAll(".Quiz .Feedback:not([role])").forEach((feedback) => feedback.setAttribute("role", "status"));
  };
  // sphinx-book-theme: the arrow that unfolds a chapter's pages
  document.querySelectorAll(".bd-links li.has-children > details > summary").forEach((summary) => {
    summary.setAttribute("aria-label", `Pages of ${summary.closest("li").querySelector("a").innerText}`);
  });
  mend();
  new MutationObserver(mend).observe(document.body, { childList: true, subtree: true });

  // served by a Jupyter server (it says so by a cookie), a page opens in JupyterLab beside Binder and Colab
  const menu = document.querySelector(".dropdown-launch-buttons .dropdown-menu");
  if (menu && /(^|; )jupyterlab=here/.test(document.cookie)) {
    const root = document.documentElement.dataset.content_root;
    const item = document.createElement("li");
    item.innerHTML = '<a class="btn btn-sm dropdown-item"><span class="btn__icon-container"><i class="fas fa-book-open"></i></span>' +
      '<span class="btn__text-container">JupyterLab</span></a>';
    item.firstChild.href = `${root}open/${DOCUMENTATION_OPTIONS.pagename}`;
    menu.prepend(item);
  }

  // a decimal comma is a decimal point: the quiz would drop it, and take 0,5 for 05
  const point = (field) => field instanceof HTMLInputElement && field.closest(".Quiz");
  document.addEventListener("keypress", (event) => {
    if (event.key !== "," || !point(event.target)) return;
    event.preventDefault();
    event.stopPropagation();
    const { selectionStart, selectionEnd } = event.target;
    event.target.setRangeText(".", selectionStart, selectionEnd, "end");
  }, true);
  document.addEventListener("input", (event) => {
    if (point(event.target)) event.target.value = event.target.value.replace(",", ".");
  });

  // boxes that scroll sideways: code, outputs, formulas and wide tables
  const boxes = ".pst-scrollable-table-container, .cell_output .output, div.highlight pre, mjx-container[display='true'], .bd-content table";
  const reach = () => {
    document.querySelectorAll(boxes).forEach((box) => {
      if (box.scrollWidth > box.clientWidth + 1) box.tabIndex = 0;
    });
  };
  window.addEventListener("load", async () => {
    await window.MathJax?.startup?.promise;
    await window.MathJax?.typesetPromise?.([...document.querySelectorAll(".Quiz")]);
    reach();
  });
  window.addEventListener("resize", reach);
});
