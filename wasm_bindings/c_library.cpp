// What of the C library a browser has, or nobody here asks for, took 20 of the module's 1,153 kB of code.
#include <emscripten.h>

#include <cstdarg>
#include <cstddef>
#include <cstdlib>
#include <cstring>

EM_JS(double, denoise_read_number, (const char* text), { return Number(UTF8ToString(text)); });

extern "C" {
// Rounds correctly, as the C library's does. For text that is a number as a whole, as nlohmann/json
// hands over. Of the next two nothing is linked; without them the C library's three would be.
double strtod(const char* text, char** end) {
  if (end != nullptr) *end = const_cast<char*>(text) + std::strlen(text);
  return denoise_read_number(text);
}
float strtof(const char* text, char** end) { return static_cast<float>(strtod(text, end)); }
long double strtold(const char* text, char** end) { return strtod(text, end); }

// nlohmann/json writes characters' codes by it, %.4X and the like, and nothing else.
int snprintf(char* text, std::size_t size, const char* format, ...) {
  va_list arguments;
  va_start(arguments, format);
  std::size_t length = 0;
  const auto put = [&](char each) {
    if (length + 1 < size) text[length++] = each;
  };
  for (; *format != 0; ++format) {
    if (*format != '%') {
      put(*format);
      continue;
    }
    int digits = 0;
    for (++format; *format == '.' || (*format >= '0' && *format <= '9'); ++format) {
      if (*format != '.') digits = *format - '0';
    }
    const auto code = va_arg(arguments, unsigned);
    const char* all = *format == 'X' ? "0123456789ABCDEF" : "0123456789abcdef";
    for (int place = digits; place-- > 0;) put(all[code >> 4 * place & 0xf]);
  }
  va_end(arguments);
  if (size > 0) text[length] = 0;
  return static_cast<int>(length);
}
}
