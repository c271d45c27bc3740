// jupyterquiz leaves its number field without a name and its feedback silent; give a screen reader both.
document.addEventListener("DOMContentLoaded", () => {
  const name = () => {
    document.querySelectorAll(".Quiz .InpLabel + input:not([aria-label])").forEach((input) => {
      const question = input.closest(".Quiz").innerText.split("\n")[0];
      input.setAttribute("aria-label", `${question} (type a number and press Enter)`);
    });
    document.querySelectorAll(".Quiz .Feedback:not([role])").forEach((feedback) => feedback.setAttribute("role", "status"));
  };
  name();
  new MutationObserver(name).observe(document.body, { childList: true, subtree: true });
});
