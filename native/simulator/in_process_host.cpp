#include "guard.h"
#include "host.h"
#include "in_process_source.h"

namespace mfvcam::simulator {
namespace {

class InProcessHost final : public Host {
 public:
    HRESULT activate(const Activation& activation, const std::weak_ptr<HostListener>& listener,
                     std::shared_ptr<HostedSource>& source) noexcept override {
        return guarded([&] {
            std::shared_ptr<InProcessSource> active;
            const HRESULT hr = InProcessSource::activate(activation, listener, active);
            source = std::move(active);
            return hr;
        });
    }
};

}  // namespace

Host& host() {
    // Left to the end of the process: nothing may run in a static destructor.
    static auto* const only = new InProcessHost;
    return *only;
}

}  // namespace mfvcam::simulator
